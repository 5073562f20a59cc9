import Domain

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

    /// Who may use how much of a modem. Shares are of all that it sends: what tokens used is not left to the others.
    enum Share: Int, CaseIterable {
        /// Tokens may use all of it, and a quarter is for them alone.
        case tokens = 4
        /// Answers, jobs and reminders.
        case others = 3
        /// Broadcasts leave a quarter to those, too.
        case broadcasts = 2
    }

    /// Parts within a minute; `nil` without a limit.
    func rate(_ share: Share) -> Int? { Self.part(of: ratePerMinute, share) }
    /// Parts within a day; `nil` without a limit.
    func cap(_ share: Share) -> Int? { Self.part(of: dailyCap, share) }

    private static func part(of limit: Int, _ share: Share) -> Int? {
        limit == 0 ? nil : max(1, limit * share.rawValue / 4)
    }

    /// How long each share must rest, by when parts were sent before; a share that may be used now is left out.
    ///
    /// - Parameters:
    ///   - sentToday: Parts since midnight.
    ///   - nthNewest: When the part was sent that has so many newer or equal ones; `nil` when there are not so many.
    func waits(sentToday: Int, at now: Timestamp, nthNewest: (Int) throws -> Timestamp?) rethrows -> [Share: Duration] {
        var waits: [Share: Duration] = [:]
        for share in Share.allCases {
            if let rate = rate(share), let oldest = try nthNewest(rate), oldest <= now,
                now.since(oldest) < .seconds(60)
            {
                waits[share] = .seconds(60) - now.since(oldest)
            } else if let cap = cap(share), sentToday >= cap {
                waits[share] = .seconds(60)
            }
        }
        return waits
    }
}
