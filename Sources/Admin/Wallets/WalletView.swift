import Domain

/// A wallet with its proven balance and its SMSCs.
package struct WalletView: Codable, Sendable {
    package struct SMSCView: Codable, Sendable {
        package var number: String
        package var firstSeen: String
        package var lastSeen: String
        package var messages: Int
        /// Whether texts through this SMSC are trusted.
        package var known: Bool
    }

    package var provider: String
    /// Whether its texts are read as payments.
    package var inUse: Bool
    /// The modem whose SIM has the wallet; absent until its first text.
    package var modem: String?
    package var balance: MoneyView?
    package var at: String?
    /// When staff set its balance. Until then its texts prove nothing.
    package var anchoredAt: String?
    /// Since when its texts do not follow from the balance.
    package var gapSince: String?
    /// When the wallet was last asked for its balance by USSD; absent if it never was.
    package var askedAt: String?
    /// Why it did not answer with its balance; absent if it did.
    package var askFailure: String?
    /// The number of texts that do not follow from the balance yet.
    package var open: Int
    /// The maximum amount of unproven credits per day; `budgetLeft` is the rest for today.
    package var budget: MoneyView
    package var budgetLeft: MoneyView
    package var smscs: [SMSCView]

    init(_ provider: String, inUse: Bool, budget: MoneyView, left: MoneyView, _ smscs: [WalletSMSC]) {
        self.provider = provider
        self.inUse = inUse
        self.budget = budget
        budgetLeft = left
        open = 0
        self.smscs = smscs.map {
            SMSCView(
                number: $0.number, firstSeen: $0.firstSeen.rfc3339, lastSeen: $0.lastSeen.rfc3339,
                messages: $0.messages, known: $0.isKnown)
        }
    }

    /// Adds the state of the wallet.
    mutating func tell(_ wallet: Wallet, open: Int, _ currency: Currency) {
        modem = wallet.key.modem
        balance = MoneyView(wallet.balance, currency)
        at = wallet.at.rfc3339
        anchoredAt = wallet.anchoredAt?.rfc3339
        gapSince = wallet.gapAt?.rfc3339
        self.open = open
    }

    /// Adds what the wallet said when it was last asked.
    mutating func tell(_ check: WalletCheck) {
        askedAt = check.askedAt.rfc3339
        if case .failure(let reason) = check.answer { askFailure = reason }
    }
}
