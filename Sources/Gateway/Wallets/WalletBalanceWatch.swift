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

    private let steps: StepRunner
    private let library: CurrentLibrary
    private let modems: Modems
    private let checks: BalanceChecks
    private let plans: [WalletBalancePlan]
    private let pins: WalletPINDesk
    private let chainWait: Duration
    private let logger: Logger
    private let loop: WorkLoop
    /// When wallets were last asked in this run, which counts even if nothing can be recorded.
    private let asked = NIOLockedValueBox<[WalletKey: Timestamp]>([:])

    package init(_ gateway: Gateway, _ pins: [WalletKey: WalletPIN]) {
        steps = gateway.steps
        library = gateway.library
        modems = gateway.modems
        checks = BalanceChecks(gateway)
        plans = gateway.settings.walletBalances
        self.pins = WalletPINDesk(pins, gateway.steps)
        chainWait = gateway.settings.trust.chainWait
        logger = gateway.logger
        loop = WorkLoop(gateway.store.signals.signal(for: .wallets))
    }

    /// Call before the service runs.
    /// - Throws: `StoreError`, or the error of hashing a PIN.
    package func recover() async throws { try await pins.recover() }

    package func run() async throws {
        await loop.run {
            // One wallet's trouble must not keep the others from being asked.
            for plan in self.plans where !self.loop.isStopping {
                do { try await self.look(plan) } catch { self.log(plan.wallet, "\(error)") }
            }
            return self.plans.isEmpty ? nil : Self.longestPause
        } failed: { _ in
            Self.longestPause
        }
    }

    /// Asks if it is time to.
    private func look(_ plan: WalletBalancePlan) async throws {
        let key = plan.wallet
        let (situation, now) = try await steps.read { (try self.situation(key, $0), $0.now) }
        guard plan.isDue(situation, at: now), let query = library.queries[plan.query],
            let link = modems.links.first(where: { $0.name == key.modem }), link.isReady, !link.isInUSSD
        else { return }
        let pin = query.needsPIN ? try await pins.pin(for: key) : nil
        guard pin != nil || !query.needsPIN else { return }
        asked.withLockedValue { $0[key] = now }
        try await ask(query, key, pin, link)
    }

    private func situation(_ key: WalletKey, _ step: Step) throws -> WalletBalancePlan.Situation {
        var situation = WalletBalancePlan.Situation()
        situation.asked = try asked.withLockedValue { $0[key] } ?? step.walletChecks.last(of: key)?.askedAt
        situation.answered = try step.walletChecks.answered(of: key).first?.askedAt
        situation.ordered = try step.walletChecks.ordered(key)
        situation.waitsSince = try step.walletNotices.firstUnproved(key, receivedBefore: step.ago(chainWait))?
            .adding(chainWait)
        situation.hasGap = try step.wallets.wallet(key)?.gapAt != nil
        return situation
    }

    private func ask(_ query: NetworkQuery, _ key: WalletKey, _ pin: WalletPIN?, _ link: ModemLink) async throws {
        let asked = steps.clock.now
        let talk = await NetworkDialogue(link).walk(query.dial, query.answers, pin: pin.map { secret(query, key, $0) })
        let reading = WalletAnswer(talk, query, steps.company.currency)
        if let outcome = reading.pinOutcome { try await pins.end(outcome, of: key, said: talk.answers.last) }
        let check = WalletCheck(
            wallet: key, askedAt: asked, answeredAt: steps.clock.now, answer: reading.answer)
        do {
            try await steps.perform { try self.checks.take(check, $0) }
            if case .failure(let reason) = reading.answer { log(key, reason) }
        } catch  where !StoreError.isTrouble(error) {
            // Asking again would end the same way.
            let failure = WalletCheck(
                wallet: key, askedAt: asked, answeredAt: check.answeredAt,
                answer: .failure("the balance cannot be used: \(error)"))
            try await steps.perform { try self.checks.take(failure, $0) }
            throw error
        }
    }

    /// The PIN, whose use is recorded before it is given.
    private func secret(_ query: NetworkQuery, _ key: WalletKey, _ pin: WalletPIN) -> NetworkDialogue.PIN {
        .init(digits: pin.digits, isAskedFor: query.asksForPIN) {
            do {
                return try await self.pins.begin(key)
            } catch {
                self.log(key, "\(error)")
                return false
            }
        }
    }

    private func log(_ key: WalletKey, _ reason: String) {
        logger.warning(
            "The balance of a wallet is not known.",
            metadata: ["wallet": "\(key.provider)", "modem.name": "\(key.modem)", "reason": "\(reason)"])
    }
}
