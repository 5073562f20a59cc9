import Domain
import Messages
import Store

/// Knows what each wallet holds and who speaks for it: whether a notice's balance follows from the notices before it, and
/// whether its service centre is one of the provider's.
struct WalletDesk: Sendable {
    private let gateway: Gateway
    private var trust: TrustSettings { gateway.settings.trust }
    /// Notices that nothing was made of by then are left to themselves.
    static let longestOpen: Duration = .seconds(3 * 86_400)

    static let noProof = "the wallet's balance does not follow from what it was known to hold"

    init(_ gateway: Gateway) { self.gateway = gateway }

    // MARK: Who speaks

    enum Centre: Sendable, Hashable {
        case known
        /// Not heard before, and the days of learning are over.
        case new
        /// None of those that the operator listed.
        case wrong
    }

    func centre(of message: InboxMessage, _ provider: String, _ transaction: Transaction, _ now: Timestamp) throws
        -> Centre
    {
        guard trust.asks(.serviceCentre, of: provider) else { return .known }
        if case .listed(let numbers) = trust.centres, let listed = numbers[provider] {
            return listed.map(Self.digits).contains(Self.digits(message.serviceCentre)) ? .known : .wrong
        }
        // Some modems tell no centre: that is none to learn.
        guard !Self.digits(message.serviceCentre).isEmpty else {
            return try transaction.wallets.centres(of: provider).isEmpty ? .known : .new
        }
        let centre = try transaction.wallets.see(
            Self.digits(message.serviceCentre), of: provider, learning: trust.learningTime, at: now)
        return centre.isKnown ? .known : .new
    }

    /// Networks write their centres with and without a plus.
    static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }

    // MARK: What wallets hold

    enum Proof: Sendable, Hashable {
        /// The balance follows from what was known, or nothing is asked.
        case closed
        /// The text does not state a balance.
        case silent
        /// The wallet's first text.
        case first
        /// It does not follow, for now.
        case open
    }

    /// Takes a notice into its wallet's chain. Gives back what that proves of it, and other payments that it proved.
    ///
    /// `mayStart`: nothing else speaks against it, and it may be the wallet's first. `moved`: the sum, where the text does
    /// not say it and others do.
    func take(
        _ reading: ProviderReading, _ message: InboxMessage, payment: PaymentID?, mayStart: Bool = true,
        moved: Money? = nil, _ transaction: Transaction, _ now: Timestamp
    ) throws -> (proof: Proof, proved: [PaymentID]) {
        guard let provider = reading.provider, trust.asks(.chain, of: provider) else { return (.closed, []) }
        let key = WalletKey(provider: provider, modem: message.modem)
        let balance = money(reading.fields.newBalance)
        let changes = changes(reading, moved)
        if try transaction.wallets.isClosed(message.id, naming: payment) { return (.closed, []) }
        guard balance != nil || reading.disposition == .credit || reading.disposition == .reverse else {
            return (.silent, [])
        }
        try transaction.wallets.note(
            key, message: message.id, payment: payment, balance: balance, changes: changes,
            toldAt: toldAt(reading, message), at: now)
        guard let balance else { return (.silent, []) }
        guard let wallet = try transaction.wallets.wallet(key) else {
            // A first text that brings much is for a person: until then nothing is known.
            let amount = payment == nil ? nil : money(reading.fields.amount)
            guard mayStart, amount.map({ $0 <= trust.unverifiedLimit }) ?? true else { return (.first, []) }
            try transaction.wallets.set(key, balance, toldAt: toldAt(reading, message), at: now)
            return (.first, try follow(key, from: balance, transaction, now, closing: payment))
        }
        // Older than what the chain has come to by more than texts overtake each other: a guess that lay in wait.
        let proved = try follow(
            key, from: wallet.balance, since: wallet.toldAt.adding(.zero - trust.chainWait), transaction, now)
        let isClosed = payment.map(proved.contains) ?? false
        return (isClosed ? .closed : .open, proved.filter { $0 != payment })
    }

    /// A person says what a wallet holds, by accepting a payment or by looking: all that follows from it is proved.
    func anchor(_ key: WalletKey, at balance: Money, _ transaction: Transaction, _ now: Timestamp) throws
        -> [PaymentID]
    {
        try anchor(key, at: balance, toldAt: now, transaction, now)
    }

    private func anchor(
        _ key: WalletKey, at balance: Money, toldAt: Timestamp, _ transaction: Transaction, _ now: Timestamp
    ) throws -> [PaymentID] {
        // An older balance is history: the chain does not go back to it.
        if let wallet = try transaction.wallets.wallet(key), wallet.toldAt > toldAt { return [] }
        try transaction.wallets.set(key, balance, toldAt: toldAt, at: now)
        return try follow(key, from: balance, transaction, now)
    }

    /// A person accepted a payment: its balance is what the wallet held then.
    func anchor(_ payment: PaymentID, _ transaction: Transaction, _ now: Timestamp) throws -> [PaymentID] {
        guard let (key, notice) = try transaction.wallets.openNotice(of: payment), let balance = notice.balance else {
            return []
        }
        _ = try transaction.wallets.close([notice])
        return try anchor(key, at: balance, toldAt: notice.toldAt, transaction, now).filter { $0 != payment }
    }

    private func follow(
        _ key: WalletKey, from balance: Money, since told: Timestamp? = nil, _ transaction: Transaction,
        _ now: Timestamp, closing payment: PaymentID? = nil
    ) throws -> [PaymentID] {
        var open = try transaction.wallets.open(key, since: now.adding(.zero - Self.longestOpen))
        if let payment, let (_, first) = try transaction.wallets.openNotice(of: payment) {
            _ = try transaction.wallets.close([first])
            open.removeAll { $0.id == first.id }
        }
        if let told { open.removeAll { $0.toldAt < told } }
        var chain = WalletChain(balance: balance)
        let taken = chain.take(open)
        guard !taken.isEmpty else { return [] }
        let payments = try transaction.wallets.close(taken)
        let last = taken.last?.toldAt ?? now
        try transaction.wallets.set(key, chain.balance, toldAt: last, at: now)
        return payments
    }

    // MARK: What a notice says

    private func money(_ decimal: String?) -> Money? {
        decimal.flatMap { Money(decimal: $0, in: gateway.company.currency) }
    }

    /// By what a notice may have changed its wallet. Money received is what the text says, less a fee perhaps; of the
    /// rest texts do not say whether fees and taxes are in the amount, and of some not which way money went.
    private func changes(_ reading: ProviderReading, _ moved: Money?) -> [Money] {
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
            time.minute == nil ? nil : gateway.company.calendar.moment(of: time)
        }
        let sentAt = message.sentAt ?? message.receivedAt
        // A text may print what it likes: its place in the chain is near its SMS.
        guard let printed, abs(printed.since(sentAt).milliseconds) <= trust.longestDelay.milliseconds else {
            return sentAt
        }
        return printed
    }
}
