/// When a wallet is asked for its balance by USSD. A pure function of what is known of the wallet.
package struct WalletBalancePlan: Sendable, Hashable {
    package var wallet: WalletKey
    /// The query's id, such as `own/mpesa`.
    package var query: String
    package var every: Duration

    package init(wallet: WalletKey, query: String, every: Duration) {
        self.wallet = wallet
        self.query = query
        self.every = every
    }

    /// A payment that was not proved in time waits at most this long for the wallet's answer.
    package static let longestWait = Duration.seconds(300)
    /// After a failure, or while a gap is open, the wallet is asked again this soon.
    package static let retry = Duration.seconds(1_800)

    /// A wallet is not asked more often than this, however many payments wait.
    package static let leastPause = Duration.seconds(120)

    /// What is known of the wallet.
    package struct Situation: Sendable {
        /// The last attempt, and the last one that was answered.
        package var asked: Timestamp?
        package var answered: Timestamp?
        /// When staff last wanted it asked.
        package var ordered: Timestamp?
        /// Since when the first payment waits for the answer.
        package var waitsSince: Timestamp?
        /// Notices do not follow from the known balance.
        package var hasGap = false

        package init() {}
    }

    /// Whether to ask now.
    package func isDue(_ situation: Situation, at now: Timestamp) -> Bool {
        guard let asked = situation.asked, asked <= now else { return true }
        // An order of the future was given before the clock was set back.
        if let ordered = situation.ordered, ordered > asked, ordered <= now { return true }
        guard now.since(asked) >= Self.leastPause else { return false }
        if let waitsSince = situation.waitsSince, asked < waitsSince { return true }
        let isOld = situation.answered.map { now.since($0) >= every } ?? true
        return (situation.hasGap || isOld) && now.since(asked) >= min(Self.retry, every)
    }
}
