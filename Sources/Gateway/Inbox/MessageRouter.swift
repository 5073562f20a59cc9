import Domain
import Logging
import Messages
import ServiceLifecycle
import Store
import Workers

/// Reads each complete message once and passes it to its desk, in one transaction with all its consequences.
package final class MessageRouter: Service {
    private let steps: StepRunner
    private let library: CurrentLibrary
    private let plan: NumberPlan
    private let country: String
    private let clock: any WallClock
    private let logger: Logger
    private let walletWatch: WalletWatch
    private let inbox: Inbox
    private let payments: PaymentDesk
    private let reversals: ReversalDesk
    private let wallets: WalletDesk
    private let smscs: WalletSMSCs
    private let proved: ProvenNotices
    private let questions: QuestionDesk
    private let customers: CustomerDesk
    private let contractors: ContractorDesk
    private let staff: StaffDesk
    private let poisonGuard: PoisonGuard
    private let machines: AnsweringMachines
    private let loop: WorkLoop

    package init(_ gateway: Gateway) {
        steps = gateway.steps
        library = gateway.library
        plan = gateway.company.country.plan
        country = gateway.company.country.code
        clock = gateway.clock
        logger = gateway.logger
        walletWatch = WalletWatch(gateway)
        inbox = Inbox(gateway)
        payments = PaymentDesk(gateway)
        reversals = ReversalDesk(gateway)
        wallets = WalletDesk(gateway)
        smscs = WalletSMSCs(gateway)
        proved = ProvenNotices(gateway)
        questions = QuestionDesk(gateway)
        customers = CustomerDesk(gateway)
        contractors = ContractorDesk(gateway)
        staff = StaffDesk(gateway)
        poisonGuard = PoisonGuard(gateway)
        machines = AnsweringMachines()
        loop = WorkLoop(gateway.store.signals.signal(for: .inbox))
    }

    package func run() async throws {
        await loop.run {
            try await self.handleWaiting()
            return try await self.inbox.joinIncomplete()
        } failed: {
            self.logger.error("Messages cannot be handled now.", metadata: ["reason": "\($0)"])
            return .seconds(5)
        }
    }

    /// Handles all waiting messages.
    /// - Throws: `StoreError.unavailable` if the database cannot be read or written.
    package func handleWaiting() async throws {
        while !loop.isStopping {
            let waiting = try await steps.read { try $0.inbox.waiting(limit: 20) }
            if waiting.isEmpty { return }
            for message in waiting { try await handle(message) }
        }
    }

    /// Handles one message. If that fails, the message is marked with the error and the next one is handled.
    private func handle(_ message: InboxMessage) async throws {
        let now = clock.now
        guard try await poisonGuard.mayBegin(.inbox(message.id)) else { return try await setAside(message, now) }
        do {
            // Reading is pure and can take long for a hostile text, so it is done outside the transaction.
            let reading = read(message)
            let outcome = try await steps.perform(at: now) { try self.route(message, reading, $0) }
            log(message, outcome)
        } catch  where StoreError.isTrouble(error) {
            throw error
        } catch {
            logger.error(
                "A message could not be handled.", metadata: ["message.id": "\(message.id)", "reason": "\(error)"])
            try await steps.perform(at: now) {
                try $0.inbox.finish(message.id, .failed, disposition: nil, note: "\(error)", at: now)
                try $0.workItems.end(.inbox(message.id))
            }
        }
    }

    /// Marks a poison message as failed, keeps its text and alerts staff.
    private func setAside(_ message: InboxMessage, _ now: Timestamp) async throws {
        try await steps.perform(at: now) { step in
            try step.inbox.finish(
                message.id, .failed, disposition: nil, note: PoisonGuard.reason, at: now)
            try step.workItems.end(.inbox(message.id))
            try step.events.note(.messageReview, message.id.number, PoisonGuard.reason, at: now)
            try step.alerts.note(
                .review, ["number": "\(message.id)", "text": PoisonGuard.reason], at: now)
        }
    }

    /// Handles a message and rolls the result back.
    func rehearse(_ id: InboxMessageID) async {
        guard let message = try? await steps.read({ try $0.inbox.message(id) }), message.state == .waiting
        else {
            return
        }
        let reading = read(message)
        await steps.rehearse { _ = try self.route(message, reading, $0) }
    }

    /// Passes a message to the desk that its sender and content require.
    private func route(_ message: InboxMessage, _ reading: Reading, _ step: Step) throws
        -> Outcome
    {
        let outcome = try outcome(of: message, reading, step)
        try step.inbox.finish(
            message.id, .handled, disposition: outcome.disposition, provider: outcome.provider, format: outcome.format,
            note: outcome.note, at: step.now)
        try step.workItems.end(.inbox(message.id))
        try step.announce(
            .messageReceived, message.id.number, outcome.disposition.rawValue)
        return outcome
    }

    private struct Reading: Sendable {
        let originator: Originator
        let text: ProviderReading
        let person: PersonText?
    }

    /// Maximum length that is read, in Unicode scalars. Real messages are shorter; the rest is stored but not read.
    private static let longestText = 4_000

    private func read(_ stored: InboxMessage) -> Reading {
        var message = stored
        message.body = String(String.UnicodeScalarView(stored.body.unicodeScalars.prefix(Self.longestText)))
        #if DEBUG
            PoisonForTests.take(message.body)
        #endif
        let originator = Originator(message.originator, plan: plan)
        let text = library.reader.read(
            from: originator, raw: message.originator, text: message.body, country: country)
        return Reading(
            originator: originator, text: text,
            person: originator.phone.map { PersonText(message, from: $0, by: library.people) })
    }

    private func outcome(of message: InboxMessage, _ read: Reading, _ step: Step) throws
        -> Outcome
    {
        guard !message.isBinary else { return Outcome(.ignore, note: "octets without a known alphabet") }
        let reading = read.text
        let isProvider = read.person == nil
        if isProvider, let speaker = reading.provider {
            try smscs.see(message, speaker, step)
            if try smscs.standing(of: message, speaker, step) == .wrong {
                let imitation = ProviderReading.imitation(of: reading, reason: "its SMSC is not one of the provider's")
                try tellStaff(imitation, message, nil, step)
                return Outcome(.quarantine, provider: reading.provider, note: imitation.reason)
            }
        }
        switch reading.disposition {
        case .credit: return try payments.take(reading, message, step)
        case .reverse:
            var (outcome, consequences) = try reversals.take(reading, message, step)
            let others = try proved.goOn(consequences, step)
            outcome.note = ([outcome.note].compactMap { $0 } + others).joined(separator: "; ")
            return outcome
        case .person:
            guard let text = read.person else { return Outcome(.ignore, note: "a notice") }
            return try take(text, step)
        case .ignore, .review, .quarantine:
            if let wallet = reading.unusedWallet {
                if reading.disposition == .review {
                    try step.announce(.messageReview, message.id.number, reading.reason)
                    try walletWatch.noteUnused(wallet, message, step)
                }
            } else {
                try tellStaff(reading, message, read.person, step)
            }
            var notes = [reading.reason].compactMap { $0 }
            // Money that was sent, or received in another way, also changes the wallet's balance.
            if isProvider, reading.provider != nil, reading.format != nil || !reading.balanceCandidates.isEmpty {
                let consequences = try wallets.take(reading, message, mayStart: false, step)
                notes += try proved.goOn(consequences, step)
            }
            return Outcome(
                reading.disposition, provider: reading.provider ?? reading.unusedWallet, format: reading.format,
                note: notes.isEmpty ? nil : notes.joined(separator: "; "))
        }
    }

    /// Handles a person's message: a contractor's about a job, an order of staff, else a customer's or a stranger's.
    private func take(_ text: PersonText, _ step: Step) throws -> Outcome {
        let sender = try Sender(text.phone, step)
        // Staff may repeat an order as often as they like.
        if sender.staff == nil { try machines.see(text, step) }
        if let member = sender.staff, text.order != nil, try !isOwnJob(text, sender, step),
            let outcome = try staff.take(text, member, step)
        {
            return outcome
        }
        if let contractor = sender.contractor, try !questions.isWholeAnswer(text, step) {
            if let outcome = try contractors.take(text, contractor, sender, step) { return outcome }
            if sender.customers.isEmpty, sender.staff == nil, text.reading.intent != .safety {
                return try contractors.withoutJob(text, sender, step)
            }
        }
        return try customers.take(text, sender, step)
    }

    /// Whether a staff member who is also a contractor writes about a job of their own.
    private func isOwnJob(_ text: PersonText, _ sender: Sender, _ step: Step) throws -> Bool {
        guard let contractor = sender.contractor, let number = text.job.ticket else { return false }
        return try step.jobs.job(of: TicketID(number))?.contractor == contractor.id
    }

    private func tellStaff(
        _ reading: ProviderReading, _ message: InboxMessage, _ text: PersonText?, _ step: Step
    ) throws {
        let number = "\(message.id)"
        switch reading.disposition {
        case .quarantine:
            try step.announce(.messageQuarantined, message.id.number)
            try step.alert(.forgery, ["number": number])
        case .review:
            try step.announce(.messageReview, message.id.number, reading.reason)
            try step.alert(
                .review, ["number": number, "text": (reading.reason ?? message.body).excerpt(80)])
            if let text {
                try customers.forwardedReceipt(text, try Sender(text.phone, step), step)
            }
        default: return
        }
    }

    private func log(_ message: InboxMessage, _ outcome: Outcome) {
        let isNotable = outcome.disposition == .quarantine || outcome.disposition == .review
        logger.log(
            level: isNotable ? .warning : .info, "A message was handled.",
            metadata: [
                "message.id": "\(message.id)", "from": "\(Masked.phone(message.originator))",
                "disposition": "\(outcome.disposition.rawValue)", "note": "\(outcome.note ?? "-")",
            ])
    }
}
