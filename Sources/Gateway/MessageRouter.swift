import Domain
import Logging
import Messages
import ModemLink
import NIOConcurrencyHelpers
import ServiceLifecycle
import Store

/// The second station: reads each whole message once and brings it to its desk, in one transaction with all it causes.
package final class MessageRouter: Service {
    private let gateway: Gateway
    private let inbox: Inbox
    private let payments: PaymentDesk
    private let questions: QuestionDesk
    private let isStopping = NIOLockedValueBox(false)

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        inbox = Inbox(gateway)
        payments = PaymentDesk(gateway)
        questions = QuestionDesk(gateway)
    }

    package func run() async throws {
        await withGracefulShutdownHandler {
            while !isStopping.withLockedValue({ $0 }), !Task.isCancelled {
                var pause: Duration?
                do {
                    try await handleWaiting()
                    pause = try await inbox.joinIncomplete()
                } catch {
                    gateway.logger.error("Messages cannot be handled now.", metadata: ["reason": "\(error)"])
                    pause = .seconds(5)
                }
                await gateway.inboxBell.wait(atMost: pause)
            }
        } onGracefulShutdown: {
            self.isStopping.withLockedValue { $0 = true }
            self.gateway.inboxBell.ring()
        }
    }

    /// Handles everything that waits. Throws only when the database does not work.
    package func handleWaiting() async throws {
        while !isStopping.withLockedValue({ $0 }) {
            let waiting = try await gateway.store.read { try $0.inbox.waiting(limit: 20) }
            if waiting.isEmpty { return }
            for message in waiting { try await handle(message) }
        }
    }

    /// A message that makes its handler fail is marked with the error, and never blocks the next one.
    private func handle(_ message: InboxMessage) async throws {
        let now = gateway.clock.now
        do {
            // Reading is pure, and may take its time with a hostile text: not while the books are held.
            let reading = read(message)
            let outcome = try await gateway.store.write { try self.route(message, reading, $0, now) }
            log(message, outcome)
        } catch StoreError.unavailable(let reason) {
            throw StoreError.unavailable(reason)
        } catch {
            gateway.logger.error(
                "A message could not be handled.", metadata: ["message.id": "\(message.id)", "reason": "\(error)"])
            try await gateway.store.write {
                try $0.inbox.finish(message.id, .failed, disposition: nil, note: "\(error)", at: now)
            }
        }
        gateway.outboxBells.ring()
    }

    /// Who sent it and what it says decide the desk.
    private func route(_ message: InboxMessage, _ reading: Reading, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        let outcome = try outcome(of: message, reading, transaction, now)
        try transaction.inbox.finish(
            message.id, .handled, disposition: outcome.disposition, provider: outcome.provider, format: outcome.format,
            note: outcome.note, at: now)
        return outcome
    }

    private struct Reading: Sendable {
        let originator: Originator
        let text: ProviderReading
    }

    private func read(_ message: InboxMessage) -> Reading {
        let originator = Originator(message.originator, plan: gateway.company.country.plan)
        return Reading(
            originator: originator,
            text: gateway.library.reader.read(
                from: originator, raw: message.originator, text: message.body, country: gateway.company.country.code))
    }

    private func outcome(of message: InboxMessage, _ read: Reading, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        guard !message.isBinary else { return Outcome(.ignore, note: "octets without a known alphabet") }
        let reading = read.text
        switch reading.disposition {
        case .credit: return try payments.take(reading, message, transaction, now)
        case .reverse: return try payments.reverse(reading, message, transaction, now)
        case .person:
            guard let phone = read.originator.phone else { return Outcome(.ignore, note: "a notice") }
            return try questions.answer(message, from: phone, transaction, now)
        case .ignore, .review, .quarantine:
            return Outcome(
                reading.disposition, provider: reading.provider, format: reading.format, note: reading.reason)
        }
    }

    private func log(_ message: InboxMessage, _ outcome: Outcome) {
        let isNotable = outcome.disposition == .quarantine || outcome.disposition == .review
        gateway.logger.log(
            level: isNotable ? .warning : .info, "A message was handled.",
            metadata: [
                "message.id": "\(message.id)", "from": "\(Masked.phone(message.originator))",
                "disposition": "\(outcome.disposition.rawValue)", "note": "\(outcome.note ?? "-")",
            ])
    }
}

/// What was made of a message.
struct Outcome: Sendable {
    var disposition: Disposition
    var provider: String?
    var format: String?
    var note: String?

    init(_ disposition: Disposition, provider: String? = nil, format: String? = nil, note: String? = nil) {
        self.disposition = disposition
        self.provider = provider
        self.format = format
        self.note = note
    }
}
