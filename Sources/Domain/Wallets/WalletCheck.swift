/// What a wallet answered when it was asked for its balance by USSD.
package struct WalletCheck: Sendable, Hashable {
    package enum Answer: Sendable, Hashable {
        case balance(Money)
        /// Why nothing is known.
        case failure(String)
    }

    package let wallet: WalletKey
    /// When the wallet was asked, and when it answered: the balance was true at a moment between.
    package let askedAt: Timestamp
    package let answeredAt: Timestamp
    package let answer: Answer

    package var balance: Money? { if case .balance(let balance) = answer { balance } else { nil } }

    package init(wallet: WalletKey, askedAt: Timestamp, answeredAt: Timestamp, answer: Answer) {
        self.wallet = wallet
        self.askedAt = askedAt
        self.answeredAt = answeredAt
        self.answer = answer
    }
}
