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
}
