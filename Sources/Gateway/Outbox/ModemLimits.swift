/// How one modem may be used.
package struct ModemLimits: Sendable, Hashable {
    /// Networks whose numbers this modem is preferred for; empty for none in particular.
    package var networks: [String]
    /// Parts within a minute; 0 for no limit.
    package var ratePerMinute: Int
    /// Parts within a day of the company; 0 for no limit.
    package var dailyCap: Int

    package init(networks: [String], ratePerMinute: Int, dailyCap: Int) {
        self.networks = networks
        self.ratePerMinute = ratePerMinute
        self.dailyCap = dailyCap
    }

    /// What broadcasts may take of the rate: a quarter is kept for tokens and answers. `nil` without a limit.
    var bulkRate: Int? { Self.share(of: ratePerMinute) }
    /// What broadcasts may take of the day's allowance. `nil` without a limit.
    var bulkCap: Int? { Self.share(of: dailyCap) }

    private static func share(of limit: Int) -> Int? { limit == 0 ? nil : max(1, limit * 3 / 4) }
}
