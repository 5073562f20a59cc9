/// When the airtime of a modem's SIM is asked for, and what follows from the answer. A pure function of the past checks.
package struct AirtimePlan: Sendable, Hashable {
    package struct Bundle: Sendable, Hashable {
        package var dial: String
        package var answers: [String]
        package var price: Money
        /// It is bought when fewer SMS are left.
        package var below: Int
        /// How often a day it may be bought.
        package var dailyLimit: Int

        package init(dial: String, answers: [String], price: Money, below: Int, dailyLimit: Int) {
            self.dial = dial
            self.answers = answers
            self.price = price
            self.below = below
            self.dailyLimit = dailyLimit
        }
    }

    package var modem: String
    /// The query's id, such as `ke-safaricom/airtime`.
    package var query: String
    package var every: Duration
    /// Staff are told when less is left.
    package var minimum: Money?
    package var bundle: Bundle?

    package init(modem: String, query: String, every: Duration, minimum: Money?, bundle: Bundle?) {
        self.modem = modem
        self.query = query
        self.every = every
        self.minimum = minimum
        self.bundle = bundle
    }

    /// After a failure the network is asked again this soon, or earlier if it is asked more often anyway.
    package static let retry = Duration.seconds(1_800)

    /// When to ask next.
    package func next(after last: AirtimeCheck?) -> Timestamp? {
        last.map { $0.at.adding($0.failure == nil ? every : min(every, Self.retry)) }
    }

    /// The SMS left: those of the bundle, or what the airtime buys at `price` each.
    package func smsLeft(_ check: AirtimeCheck, price: Money?) -> Int? {
        if let sms = check.sms { return sms }
        guard let balance = check.balance, let price, price.isPositive else { return nil }
        return Int(clamping: max(0, balance.minor) / price.minor)
    }

    /// Whether staff must be told: it is below the minimum now.
    package func isLow(_ check: AirtimeCheck) -> Bool {
        guard let minimum, let balance = check.balance else { return false }
        return balance < minimum
    }

    /// Whether to buy the bundle now, after it was bought `bought` times today.
    package func buys(_ check: AirtimeCheck, bought: Int) -> Bool {
        guard let bundle, let sms = check.sms, check.failure == nil else { return false }
        return sms < bundle.below && bought < bundle.dailyLimit
    }
}
