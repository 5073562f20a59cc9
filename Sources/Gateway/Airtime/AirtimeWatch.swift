import Domain
import Logging
import Messages
import ModemLink
import ModemMessages
import ServiceLifecycle
import Store
import Workers

/// Asks the networks for the airtime of the SIMs, tells staff when it runs out, and buys bundles if configured.
package final class AirtimeWatch: Service {
    private static let longestPause = Duration.seconds(60)

    private let steps: StepRunner
    private let library: CurrentLibrary
    private let modems: Modems
    private let settings: GatewaySettings
    private let logger: Logger
    private let plans: [AirtimePlan]
    private let loop = WorkLoop(WakeSignal())

    package init(_ gateway: Gateway, _ plans: [AirtimePlan]) {
        steps = gateway.steps
        library = gateway.library
        modems = gateway.modems
        settings = gateway.settings
        logger = gateway.logger
        self.plans = plans
    }

    package func run() async throws {
        await loop.run {
            for plan in self.plans where !self.loop.isStopping { try await self.look(plan) }
            return Self.longestPause
        } failed: { error in
            self.logger.error("The airtime cannot be asked for.", metadata: ["reason": "\(error)"])
            return Self.longestPause
        }
    }

    /// Asks if it is time to.
    private func look(_ plan: AirtimePlan) async throws {
        let (last, now) = try await steps.read { (try $0.airtime.last(of: plan.modem), $0.now) }
        if let next = plan.next(after: last), now < next, last.map({ $0.at <= now }) ?? true { return }
        guard let link = modems.links.first(where: { $0.name == plan.modem }), link.isReady, !link.isInUSSD else {
            return
        }
        let check = try await check(plan, link)
        guard let bundle = plan.bundle else { return }
        let midnight = steps.company.calendar.midnight(at: check.at)
        let bought = try await steps.read { try $0.airtime.bought(by: plan.modem, since: midnight) }
        guard plan.buys(check, bought: bought) else { return }
        try await buy(bundle, plan, link)
        _ = try await self.check(plan, link)
    }

    /// Asks now, and stores and returns what the network says.
    /// - Throws: `StoreError`.
    private func check(_ plan: AirtimePlan, _ link: ModemLink) async throws -> AirtimeCheck {
        let check = await ask(plan, link)
        if let failure = check.failure {
            logger.warning(
                "The airtime of a SIM is not known.",
                metadata: ["modem.name": "\(plan.modem)", "reason": "\(failure)"])
        }
        let price = settings.pricePerPart
        try await steps.perform { step in
            let before = try step.airtime.last(of: plan.modem)
            try step.airtime.add(check)
            let wasLow = before.map { plan.isLow($0) && step.now.since($0.at) < .seconds(86_400) } ?? false
            guard plan.isLow(check), !wasLow, let balance = check.balance else { return }
            let left = plan.smsLeft(check, price: price).map { ", about \($0) SMS" } ?? ""
            try step.alert(
                .notice,
                [
                    "text":
                        "the SIM of modem \(plan.modem) has \(step.company.text(balance)) of airtime left\(left); buy airtime"
                ])
        }
        return check
    }

    private func ask(_ plan: AirtimePlan, _ link: ModemLink) async -> AirtimeCheck {
        let now = steps.clock.now
        func failed(_ reason: String, _ text: String = "") -> AirtimeCheck {
            AirtimeCheck(modem: plan.modem, at: now, balance: nil, sms: nil, text: text, failure: reason)
        }
        guard let query = library.queries[plan.query] else { return failed("there is no query '\(plan.query)'") }
        let talk = await NetworkDialogue(link).walk(query.dial, query.answers)
        let texts = talk.texts
        if let failure = talk.failure { return failed(failure, texts.last ?? "") }
        for text in texts.reversed() {
            guard let reading = query.read(text) else { continue }
            return AirtimeCheck(
                modem: plan.modem, at: now,
                balance: reading.balance.flatMap { Money(decimal: $0, in: steps.company.currency) }, sms: reading.sms,
                text: text, failure: nil)
        }
        return failed("the network's text does not fit the query \(query.id)", texts.last ?? "")
    }

    private func buy(_ bundle: AirtimePlan.Bundle, _ plan: AirtimePlan, _ link: ModemLink) async throws {
        let modem = plan.modem
        let number = try await steps.perform { step in
            try step.airtime.begin(
                BundlePurchase(modem: modem, at: step.now, price: bundle.price, answer: "no answer is known"))
        }
        let talk = await NetworkDialogue(link).walk(bundle.dial, bundle.answers)
        let failure = talk.failure
        let answer = (talk.texts.suffix(1) + [failure].compactMap { $0 }).joined(separator: "; ")
        logger.notice(
            "A bundle was ordered.", metadata: ["modem.name": "\(modem)", "outcome": "\(failure ?? "answered")"])
        try await steps.perform { try $0.airtime.end(number, answer.excerpt(300)) }
    }
}
