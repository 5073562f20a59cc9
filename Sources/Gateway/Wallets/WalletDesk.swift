import Domain
import Messages
import Store

/// Follows the chain of balances of each wallet: whether a notice's balance follows from the notices before it.
struct WalletDesk: Sendable {
    private let company: Company
    private let settings: GatewaySettings
    private let smscs: WalletSMSCs
    private var trust: TrustSettings { settings.trust }
    /// Notices that nothing was made of by then are left to themselves.
    static let longestOpen: Duration = .seconds(3 * 86_400)

    init(_ gateway: Gateway) {
        company = gateway.company
        settings = gateway.settings
        smscs = WalletSMSCs(gateway)
    }

    /// What the chain says of a notice.
    enum Proof: Sendable, Hashable {
        /// The balance follows from an anchored one, or the chain is not asked.
        case proved
        /// It follows from a balance that nobody vouched for: nothing more is to be waited for.
        case supposed
        /// The text does not state a balance.
        case silent
        /// It follows from nothing, for now.
        case open
    }

    /// What a notice is proof of, beside itself.
    struct Consequences: Sendable {
        var proof: Proof
        /// Payments and reversals that are proved by it.
        var proved = WalletNoticeRecords.Proved()
        /// Payments that follow from a balance that nobody vouched for: they wait no more.
        var decided: [PaymentID] = []
    }

    /// Takes a notice into its wallet's chain.
    ///
    /// `mayStart`: nothing else speaks against it, and it may begin a chain, which is not anchored. `reverses` is the
    /// payment that it takes back, whose amount is meant where the text states none.
    func take(
        _ reading: ProviderReading, _ message: InboxMessage, payment: PaymentID? = nil, reverses: Payment? = nil,
        mayStart: Bool = true, _ step: Step
    ) throws -> Consequences {
        guard let provider = reading.provider, trust.asks(.chain, of: provider) else {
            return Consequences(proof: .proved)
        }
        let key = WalletKey(provider: provider, modem: message.modem)
        if try step.walletNotices.attach(payment, toClosedNoticeOf: message.id) { return Consequences(proof: .proved) }
        let statement = statement(reading, message, payment, reverses)
        let movesMoney = reading.disposition == .credit || reading.disposition == .reverse
        guard statement.balance != nil || !statement.candidates.isEmpty || movesMoney else {
            return Consequences(proof: .silent)
        }
        try step.walletNotices.note(key, message.id, statement, at: step.now)
        guard statement.balance != nil || !statement.candidates.isEmpty else { return Consequences(proof: .silent) }
        guard let wallet = try step.wallets.wallet(key) else {
            guard mayStart, let balance = statement.balance else { return Consequences(proof: .open) }
            try step.wallets.set(key, balance, toldAt: statement.toldAt, at: step.now)
            // The notice that begins the chain is no proof of itself.
            if let payment, let (_, own) = try step.walletNotices.openNotice(of: payment) {
                _ = try step.walletNotices.close([own])
            }
            let followers = try follow(key, from: balance, step)
            return Consequences(proof: .supposed, decided: followers.payments)
        }
        return try place(message, statement, in: wallet, step)
    }

    /// Finds the place of a notice behind what is known of its wallet.
    private func place(
        _ message: InboxMessage, _ statement: WalletNoticeRecords.Statement, in wallet: Wallet,
        _ step: Step
    ) throws -> Consequences {
        let earlier = try openNotices(wallet.key, step)
        // Older than what the chain has come to by more than texts overtake each other: a guess that lay in wait.
        let taken = try follow(
            wallet.key, from: wallet.balance, since: wallet.toldAt.adding(.zero - trust.chainWait), step)
        let isTaken = taken.messages.contains(message.id)
        if wallet.isAnchored {
            for link in taken.messages { try smscs.learn(from: link, wallet.key.provider, step) }
        }
        guard !isTaken else {
            guard wallet.isAnchored else { return Consequences(proof: .supposed, decided: taken.payments) }
            return Consequences(proof: .proved, proved: taken)
        }
        var consequences = Consequences(proof: .open)
        if wallet.isAnchored { consequences.proved = taken } else { consequences.decided = taken.payments }
        guard let balance = statement.balance else { return consequences }
        let isBehindGap = wallet.supposed.map { supposed in statement.changes.contains { supposed + $0 == balance } }
        // Texts that can be read with several balances: one of them may be true.
        let isBehindCandidate = earlier.contains { notice in
            notice.candidates.contains { candidate in statement.changes.contains { candidate + $0 == balance } }
        }
        if isBehindGap == true || isBehindCandidate {
            try step.wallets.suppose(wallet.key, balance, toldAt: statement.toldAt)
            consequences.proof = .supposed
        }
        return consequences
    }

    /// A person looked, or the provider was asked: the wallet holds this now, and all that follows from it is proved.
    func anchor(_ key: WalletKey, at balance: Money, _ step: Step) throws
        -> WalletNoticeRecords.Proved
    {
        try step.wallets.set(key, balance, toldAt: step.now, at: step.now)
        try step.wallets.anchor(key, at: step.now)
        return try follow(key, from: balance, step)
    }

    /// Nothing proved a payment in time: the texts behind it are looked at from its balance on. A chain that nobody
    /// vouched for begins anew there.
    func suppose(_ payment: PaymentID, _ step: Step) throws {
        guard let (key, notice) = try step.walletNotices.openNotice(of: payment), let balance = notice.balance,
            let wallet = try step.wallets.wallet(key)
        else { return }
        if wallet.isAnchored {
            try step.wallets.suppose(key, balance, toldAt: notice.toldAt)
        } else if notice.toldAt >= wallet.toldAt {
            _ = try step.walletNotices.close([notice])
            try step.wallets.set(key, balance, toldAt: notice.toldAt, at: wallet.at)
        }
    }

    private func openNotices(_ key: WalletKey, _ step: Step) throws -> [WalletNotice] {
        try step.walletNotices.openNotices(key, since: step.ago(Self.longestOpen))
    }

    private func follow(
        _ key: WalletKey, from balance: Money, since told: Timestamp? = nil, _ step: Step
    ) throws -> WalletNoticeRecords.Proved {
        var open = try openNotices(key, step)
        if let told { open.removeAll { $0.toldAt < told } }
        var chain = WalletChain(balance: balance)
        let taken = chain.take(open)
        guard !taken.isEmpty else { return .init() }
        let last = taken.last?.toldAt ?? step.now
        try step.wallets.set(key, chain.balance, toldAt: last, at: step.now)
        return try step.walletNotices.close(taken)
    }

    // MARK: What a notice says

    private func money(_ decimal: String?) -> Money? {
        decimal.flatMap { Money(decimal: $0, in: company.currency) }
    }

    private func statement(
        _ reading: ProviderReading, _ message: InboxMessage, _ payment: PaymentID?, _ reverses: Payment?
    ) -> WalletNoticeRecords.Statement {
        var statement = WalletNoticeRecords.Statement(
            changes: changes(reading, reverses?.amount), toldAt: toldAt(reading, message))
        statement.payment = payment
        statement.reverses = reverses?.id
        if reading.balanceCandidates.isEmpty {
            statement.balance = money(reading.fields.newBalance)
        } else {
            statement.candidates = reading.balanceCandidates.compactMap(money)
        }
        return statement
    }

    /// By what a notice may have changed its wallet. Money received is what the text says, less a fee perhaps; of the
    /// rest texts do not say whether fees and taxes are in the amount, and of some not which way money went.
    private func changes(_ reading: ProviderReading, _ moved: Money?) -> [Money] {
        if !reading.balanceCandidates.isEmpty {
            // Whatever sum of the text is the amount.
            return reading.amountCandidates.compactMap(money)
        }
        guard let amount = money(reading.fields.amount) ?? moved else { return [.zero] }
        let fee = money(reading.fields.fee) ?? .zero
        let received = [amount, amount - fee]
        let sent = [.zero - amount, .zero - amount - fee]
        return switch reading.disposition {
        case .credit: received
        case .reverse: sent
        default: sent + received + [.zero]
        }
    }

    private func toldAt(_ reading: ProviderReading, _ message: InboxMessage) -> Timestamp {
        let printed = reading.fields.timestamp.flatMap { time in
            time.minute == nil ? nil : company.calendar.moment(of: time)
        }
        let sentAt = message.sentAt ?? message.receivedAt
        // A text may print what it likes: its place in the chain is near its SMS.
        guard let printed, abs(printed.since(sentAt).milliseconds) <= trust.longestDelay.milliseconds else {
            return sentAt
        }
        return printed
    }
}
