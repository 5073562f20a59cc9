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
    private let reversals: ReversalDesk
    private let wallets: WalletDesk
    private let centres: WalletCentres
    private let proved: ProvedNotices
    private let questions: QuestionDesk
    private let customers: CustomerDesk
    private let contractors: ContractorDesk
    private let staff: StaffDesk
    private let steps: BegunSteps
    private let machines: AnsweringMachines
    private let isStopping = NIOLockedValueBox(false)

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        inbox = Inbox(gateway)
        payments = PaymentDesk(gateway)
        reversals = ReversalDesk(gateway)
        wallets = WalletDesk(gateway)
        centres = WalletCentres(gateway)
        proved = ProvedNotices(gateway)
        questions = QuestionDesk(gateway)
        customers = CustomerDesk(gateway)
        contractors = ContractorDesk(gateway)
        staff = StaffDesk(gateway)
        steps = BegunSteps(gateway)
        machines = AnsweringMachines(gateway)
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
        guard try await steps.mayBegin(.inbox(message.id)) else { return try await setAside(message, now) }
        do {
            // Reading is pure, and may take its time with a hostile text: not while the books are held.
            let reading = read(message)
            let outcome = try await gateway.store.write { try self.route(message, reading, $0, now) }
            log(message, outcome)
        } catch  where StoreError.isTrouble(error) {
            throw error
        } catch {
            gateway.logger.error(
                "A message could not be handled.", metadata: ["message.id": "\(message.id)", "reason": "\(error)"])
            try await gateway.store.write {
                try $0.inbox.finish(message.id, .failed, disposition: nil, note: "\(error)", at: now)
                try $0.begunSteps.end(.inbox(message.id))
            }
        }
        gateway.outboxBells.ring()
        gateway.scheduleBell.ring()
    }

    /// A message that stops whoever reads it is kept with its text, and people look at it.
    private func setAside(_ message: InboxMessage, _ now: Timestamp) async throws {
        try await gateway.store.write { transaction in
            try transaction.inbox.finish(
                message.id, .failed, disposition: nil, note: BegunSteps.reason, at: now)
            try transaction.begunSteps.end(.inbox(message.id))
            try transaction.events.note(.messageReview, message.id.number, BegunSteps.reason, at: now)
            try transaction.alerts.note(
                .review, ["number": "\(message.id)", "text": BegunSteps.reason], at: now)
        }
        gateway.scheduleBell.ring()
    }

    /// Handles a message and takes it back.
    func rehearse(_ id: InboxMessageID) async {
        guard let message = try? await gateway.store.read({ try $0.inbox.message(id) }), message.state == .waiting
        else {
            return
        }
        let (reading, now) = (read(message), gateway.clock.now)
        await Rehearsal(gateway).takeBack { _ = try self.route(message, reading, $0, now) }
    }

    /// Who sent it and what it says decide the desk.
    private func route(_ message: InboxMessage, _ reading: Reading, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        let outcome = try outcome(of: message, reading, transaction, now)
        try transaction.inbox.finish(
            message.id, .handled, disposition: outcome.disposition, provider: outcome.provider, format: outcome.format,
            note: outcome.note, at: now)
        try transaction.begunSteps.end(.inbox(message.id))
        try transaction.events.note(
            .messageReceived, message.id.number, outcome.disposition.rawValue, at: now)
        return outcome
    }

    private struct Reading: Sendable {
        let originator: Originator
        let text: ProviderReading
        let person: PersonText?
    }

    /// No text of a person or a wallet says more; what is beyond it is kept, and not read.
    private static let longestText = 4_000

    private func read(_ stored: InboxMessage) -> Reading {
        var message = stored
        message.body = String(String.UnicodeScalarView(stored.body.unicodeScalars.prefix(Self.longestText)))
        #if DEBUG
            PoisonForTests.take(message.body)
        #endif
        let originator = Originator(message.originator, plan: gateway.company.country.plan)
        let text = gateway.library.reader.read(
            from: originator, raw: message.originator, text: message.body, country: gateway.company.country.code)
        return Reading(
            originator: originator, text: text,
            person: originator.phone.map { PersonText(message, from: $0, by: gateway.library.people) })
    }

    private func outcome(of message: InboxMessage, _ read: Reading, _ transaction: Transaction, _ now: Timestamp) throws
        -> Outcome
    {
        guard !message.isBinary else { return Outcome(.ignore, note: "octets without a known alphabet") }
        let reading = read.text
        let isProvider = read.person == nil
        if isProvider, let speaker = reading.provider {
            try centres.see(message, speaker, transaction, now)
            if try centres.standing(of: message, speaker, transaction) == .wrong {
                let imitation = ProviderReading.imitation(of: reading, reason: "its SMSC is none of the provider's")
                try tellStaff(imitation, message, nil, transaction, now)
                return Outcome(.quarantine, provider: reading.provider, note: imitation.reason)
            }
        }
        switch reading.disposition {
        case .credit: return try payments.take(reading, message, transaction, now)
        case .reverse:
            var (outcome, consequences) = try reversals.take(reading, message, transaction, now)
            let others = try proved.goOn(consequences, transaction, now)
            outcome.note = ([outcome.note].compactMap { $0 } + others).joined(separator: "; ")
            return outcome
        case .person:
            guard let text = read.person else { return Outcome(.ignore, note: "a notice") }
            return try take(text, transaction, now)
        case .ignore, .review, .quarantine:
            if let wallet = reading.unusedWallet {
                if reading.disposition == .review {
                    try transaction.events.note(.messageReview, message.id.number, reading.reason, at: now)
                    try WalletWatch(gateway).noteUnused(wallet, message, transaction, now)
                }
            } else {
                try tellStaff(reading, message, read.person, transaction, now)
            }
            var notes = [reading.reason].compactMap { $0 }
            // Money that went, or came in another way, moves the wallet's balance too.
            if isProvider, reading.provider != nil, reading.format != nil || !reading.balanceCandidates.isEmpty {
                let consequences = try wallets.take(reading, message, mayStart: false, transaction, now)
                notes += try proved.goOn(consequences, transaction, now)
            }
            return Outcome(
                reading.disposition, provider: reading.provider ?? reading.unusedWallet, format: reading.format,
                note: notes.isEmpty ? nil : notes.joined(separator: "; "))
        }
    }

    /// A person wrote: a contractor about a job, staff with an order, else a customer or a stranger.
    private func take(_ text: PersonText, _ transaction: Transaction, _ now: Timestamp) throws -> Outcome {
        let sender = try Sender(text.phone, transaction)
        // Staff may give the same order as often as they like.
        if sender.staff == nil { try machines.see(text, transaction, now) }
        if let member = sender.staff, text.order != nil, try !isOwnJob(text, sender, transaction),
            let outcome = try staff.take(text, member, transaction, now)
        {
            return outcome
        }
        if let contractor = sender.contractor, try !questions.isWholeAnswer(text, transaction, now) {
            if let outcome = try contractors.take(text, contractor, sender, transaction, now) { return outcome }
            if sender.customers.isEmpty, sender.staff == nil, text.reading.intent != .safety {
                return try contractors.withoutJob(text, sender, transaction, now)
            }
        }
        return try customers.take(text, sender, transaction, now)
    }

    /// Whether staff who work as contractors too speak of a job of their own.
    private func isOwnJob(_ text: PersonText, _ sender: Sender, _ transaction: Transaction) throws -> Bool {
        guard let contractor = sender.contractor, let number = text.job.ticket else { return false }
        return try transaction.jobs.job(of: TicketID(number))?.contractor == contractor.id
    }

    private func tellStaff(
        _ reading: ProviderReading, _ message: InboxMessage, _ text: PersonText?, _ transaction: Transaction,
        _ now: Timestamp
    ) throws {
        let number = "\(message.id)"
        switch reading.disposition {
        case .quarantine:
            try transaction.events.note(.messageQuarantined, message.id.number, at: now)
            try transaction.alerts.note(.forgery, ["number": number], at: now)
        case .review:
            try transaction.events.note(.messageReview, message.id.number, reading.reason, at: now)
            try transaction.alerts.note(
                .review, ["number": number, "text": (reading.reason ?? message.body).excerpt(80)], at: now)
            if let text {
                try customers.forwardedReceipt(text, try Sender(text.phone, transaction), transaction, now)
            }
        default: return
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
