import Domain

/// The sending limits of one modem.
package struct ModemLimits: Sendable, Hashable {
    /// Networks whose numbers are preferably sent through this modem; empty for no preference.
    package var networks: [String]
    /// Maximum parts per minute; 0 for no limit.
    package var ratePerMinute: Int
    /// Maximum parts per day of the company's calendar; 0 for no limit.
    package var dailyCap: Int

    package init(networks: [String], ratePerMinute: Int, dailyCap: Int) {
        self.networks = networks
        self.ratePerMinute = ratePerMinute
        self.dailyCap = dailyCap
    }

    /// The share of a modem's limits that a class of messages may use. Shares count all parts that the modem sends.
    enum Share: Int, CaseIterable {
        /// Tokens may use the whole limit; one quarter is reserved for them.
        case tokens = 4
        /// Answers, jobs and reminders.
        case others = 3
        /// Broadcasts leave another quarter to the other messages.
        case broadcasts = 2

        init(of message: OutboxMessage) {
            self = message.broadcast != nil ? .broadcasts : message.messageClass == .token ? .tokens : .others
        }
    }

    /// Maximum parts per minute; `nil` for no limit.
    func rate(_ share: Share) -> Int? { Self.part(of: ratePerMinute, share) }
    /// Maximum parts per day; `nil` for no limit.
    func cap(_ share: Share) -> Int? { Self.part(of: dailyCap, share) }

    private static func part(of limit: Int, _ share: Share) -> Int? {
        limit == 0 ? nil : max(1, limit * share.rawValue / 4)
    }

    /// How long each share must wait, given the parts already sent. Shares that may send now are left out.
    ///
    /// `sentToday` is the number of parts since midnight; `nthNewest` returns when the n-th newest part was sent, or `nil`
    /// if fewer parts were sent.
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
