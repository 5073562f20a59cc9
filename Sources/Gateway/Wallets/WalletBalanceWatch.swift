import Domain
import Logging
import Messages
import ModemLink
import NIOConcurrencyHelpers
import ServiceLifecycle
import Store
import Workers

/// Asks wallets for their balance by USSD: once a day, when a payment could not be proved, and when staff want it.
package final class WalletBalanceWatch: Service {
    private static let longestPause = Duration.seconds(30)
    private static let silence = "the wallet did not answer the PIN"

    private let steps: StepRunner
    private let library: CurrentLibrary
    private let modems: Modems
    private let checks: BalanceChecks
    private let plans: [WalletBalancePlan]
    private let pins: [WalletKey: WalletPIN]
    private let chainWait: Duration
    private let logger: Logger
    private let loop: WorkLoop
    /// Wallets whose PIN is known to be locked, since when; hashing it at every look would be slow.
    private let locked = NIOLockedValueBox<[WalletKey: Timestamp]>([:])

    package init(_ gateway: Gateway, _ pins: [WalletKey: WalletPIN]) {
        steps = gateway.steps
        library = gateway.library
        modems = gateway.modems
        checks = BalanceChecks(gateway)
        plans = gateway.settings.walletBalances
        self.pins = pins
        chainWait = gateway.settings.trust.chainWait
        logger = gateway.logger
        loop = WorkLoop(gateway.store.signals.signal(for: .wallets))
    }

    package func run() async throws {
        await loop.run {
            for plan in self.plans where !self.loop.isStopping { try await self.look(plan) }
            return self.plans.isEmpty ? nil : Self.longestPause
        } failed: { error in
            self.logger.error("A wallet cannot be asked for its balance.", metadata: ["reason": "\(error)"])
            return Self.longestPause
        }
    }

    /// Asks if it is time to.
    private func look(_ plan: WalletBalancePlan) async throws {
        let key = plan.wallet
        let (situation, now) = try await steps.read { (try self.situation(key, $0), $0.now) }
        guard plan.isDue(situation, at: now) else { return }
        guard let query = library.queries[plan.query] else { return }
        if let since = locked.withLockedValue({ $0[key] }), situation.ordered.map({ $0 <= since }) ?? true { return }
        var pin: WalletPIN?
        if query.needsPIN {
            guard let own = pins[key] else { return }
            guard try await !own.isLocked(key, steps) else { return locked.withLockedValue { $0[key] = now } }
            pin = own
        }
        locked.withLockedValue { $0[key] = nil }
        guard let link = modems.links.first(where: { $0.name == key.modem }), link.isReady, !link.isInUSSD else {
            return
        }
        try await ask(query, key, pin, link)
    }

    private func situation(_ key: WalletKey, _ step: Step) throws -> WalletBalancePlan.Situation {
        var situation = WalletBalancePlan.Situation()
        situation.asked = try step.walletChecks.last(of: key)?.askedAt
        situation.answered = try step.walletChecks.answered(of: key).first?.askedAt
        situation.ordered = try step.walletChecks.ordered(key)
        situation.waitsSince = try step.walletNotices.firstUnproved(key, receivedBefore: step.ago(chainWait))?
            .adding(chainWait)
        situation.hasGap = try step.wallets.wallet(key)?.gapAt != nil
        return situation
    }

    private func ask(_ query: NetworkQuery, _ key: WalletKey, _ pin: WalletPIN?, _ link: ModemLink) async throws {
        let asked = steps.clock.now
        let talk = await NetworkDialogue(link).walk(
            query.dial, query.answers, pin: pin.map { .init(digits: $0.digits, isAskedFor: query.asksForPIN) })
        let reading = talk.answers.last.flatMap { query.read($0)?.balance }
        if talk.failure == nil, let balance = reading.flatMap({ Money(decimal: $0, in: self.steps.company.currency) }) {
            let check = WalletCheck(
                wallet: key, askedAt: asked, answeredAt: steps.clock.now, answer: .balance(balance))
            try await steps.perform { try self.checks.take(check, $0) }
            return
        }
        let isSilent = talk.answers.isEmpty
        guard let pin, talk.pinGivenAfter != nil, !(talk.gaveWay && isSilent) else {
            return try await fail(key, talk.failure ?? "the network's text does not fit the query", at: asked)
        }
        let wasSilent = try await steps.read {
            try $0.walletChecks.last(of: key)?.answer == .failure(Self.silence)
        }
        if let text = talk.answers.last, query.saysNotNow(text) {
            return try await fail(key, "the wallet says that it is not available now", at: asked)
        }
        if !isSilent || wasSilent {
            // First, so that a stop in between does not let the PIN be given once more.
            let said = talk.answers.last.map { "it answered \"\($0.excerpt(80))\"" } ?? "it did not answer twice"
            try await pin.lock(key, because: said, steps)
        }
        try await fail(key, isSilent ? Self.silence : "the wallet's answer to the PIN was not understood", at: asked)
    }

    private func fail(_ key: WalletKey, _ reason: String, at asked: Timestamp) async throws {
        logger.warning(
            "The balance of a wallet is not known.",
            metadata: ["wallet": "\(key.provider)", "modem.name": "\(key.modem)", "reason": "\(reason)"])
        let check = WalletCheck(
            wallet: key, askedAt: asked, answeredAt: steps.clock.now, answer: .failure(reason))
        try await steps.perform { try self.checks.take(check, $0) }
    }
}
