import Domain
import Messages
import Store

/// Maintains the chain of balances of each wallet: whether a notice's balance follows from earlier notices.
struct WalletDesk: Sendable {
    private let company: Company
    private let settings: GatewaySettings
    private let smscs: WalletSMSCs
    private var trust: TrustSettings { settings.trust }
    /// Open notices older than this are no longer considered.
    static let longestOpen: Duration = .seconds(3 * 86_400)
    /// How far the provider's clock may be from ours; many texts tell the minute only.
    static let clockSlack: Duration = .seconds(60)

    init(_ gateway: Gateway) {
        company = gateway.company
        settings = gateway.settings
        smscs = WalletSMSCs(gateway)
    }

    /// The result of checking a notice against the chain.
    enum Proof: Sendable, Hashable {
        /// The balance follows from an anchored chain, or the check is off.
        case proved
        /// The balance follows from an unanchored one; waiting longer would not help.
        case supposed
        /// The notice states no balance.
        case silent
        /// The balance does not follow from any known balance yet.
        case open
    }

    /// The result of a notice for its own payment and for others.
    struct Consequences: Sendable {
        var proof: Proof
        /// Payments and reversals that the notice proves.
        var proved = WalletNoticeRecords.Proved()
        /// Payments that follow from an unanchored balance. They must be decided without proof now.
        var decided: [PaymentID] = []
    }

    /// Adds a notice to the chain of its wallet.
    ///
    /// `mayStart`: the notice passed all other checks and may start a chain, which is not anchored. `reverses`: the
    /// payment that the notice reverses; its amount is used if the notice states none.
    func take(
        _ reading: ProviderReading, _ message: InboxMessage, payment: PaymentID? = nil, reverses: Payment? = nil,
        mayStart: Bool = true, _ step: Step
    ) throws -> Consequences {
        guard let provider = reading.provider, trust.asks(.chain, of: provider) else {
            return Consequences(proof: .proved)
        }
        guard let key = try key(of: message, provider, step) else { return Consequences(proof: .silent) }
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
            // The notice that starts the chain does not prove itself.
            if let payment, let (_, own) = try step.walletNotices.openNotice(of: payment) {
                _ = try step.walletNotices.close([own])
            }
            let followers = try follow(key, from: balance, step)
            return Consequences(proof: .supposed, decided: followers.payments)
        }
        return try place(message, statement, in: wallet, step)
    }

    /// The wallet that a message is about. A notice over HTTP names no SIM: it is the provider's only wallet, or none.
    private func key(of message: InboxMessage, _ provider: String, _ step: Step) throws -> WalletKey? {
        guard message.isOverHTTP else { return WalletKey(provider: provider, modem: message.modem) }
        let wallets = try step.wallets.all().filter { $0.key.provider == provider }
        return wallets.count == 1 ? wallets[0].key : nil
    }

    /// Looks for the position of a notice in the chain of its wallet.
    private func place(
        _ message: InboxMessage, _ statement: WalletNoticeRecords.Statement, in wallet: Wallet,
        _ step: Step
    ) throws -> Consequences {
        let earlier = try openNotices(wallet.key, step)
        // Ignores notices older than the chain's end by more than messages overtake each other. They may be forgeries
        // that were prepared with a guessed balance.
        var taken = try follow(
            wallet.key, from: wallet.balance, since: wallet.toldAt.adding(.zero - trust.chainWait), step)
        if wallet.isAnchored, !taken.messages.contains(message.id) { taken += try explainLate(wallet.key, step) }
        let isTaken = taken.messages.contains(message.id)
        if wallet.isAnchored { try learn(taken, wallet.key, step) }
        guard !isTaken else {
            guard wallet.isAnchored else { return Consequences(proof: .supposed, decided: taken.payments) }
            return Consequences(proof: .proved, proved: taken)
        }
        var consequences = Consequences(proof: .open)
        if wallet.isAnchored { consequences.proved = taken } else { consequences.decided = taken.payments }
        guard let balance = statement.balance else { return consequences }
        let isBehindGap = wallet.supposed.map { supposed in statement.changes.contains { supposed + $0 == balance } }
        // A notice that can be read with several balances: one of them may be true.
        let isBehindCandidate = earlier.contains { notice in
            notice.candidates.contains { candidate in statement.changes.contains { candidate + $0 == balance } }
        }
        if isBehindGap == true || isBehindCandidate {
            try step.wallets.suppose(wallet.key, balance, toldAt: statement.toldAt)
            consequences.proof = .supposed
        }
        return consequences
    }

    /// Anchors the chain at a balance that staff entered. Everything that follows from it is proved.
    func anchor(_ key: WalletKey, at balance: Money, _ step: Step) throws
        -> WalletNoticeRecords.Proved
    {
        try step.wallets.set(key, balance, toldAt: step.now, at: step.now)
        try step.wallets.anchor(key, at: step.now)
        return try follow(key, from: balance, step)
    }

    /// Anchors the chain at the balance that the wallet itself stated: what leads to it is proved, and what follows.
    func anchor(_ check: WalletCheck, at balance: Money, _ step: Step) throws -> WalletNoticeRecords.Proved {
        let key = check.wallet
        let recent = try step.walletNotices.notices(key, since: step.ago(Self.longestOpen))
        var way = CheckedBalance(openings: [balance], before: check.answeredAt.adding(Self.clockSlack))
        let back = way.explain(recent)
        let explained = Set(back.map(\.id))
        let open = Set(try openNotices(key, step).map(\.id))
        // Notices that arrived during the session may be links of the chain already.
        let closed = check.askedAt.adding(.zero - Self.clockSlack)
        let late = check.askedAt.adding(.zero - trust.chainWait)
        let next = recent.filter { notice in
            !explained.contains(notice.id) && notice.toldAt >= (open.contains(notice.id) ? late : closed)
        }
        try step.walletChecks.set(way, of: key)
        try step.wallets.set(key, balance, toldAt: check.askedAt, at: step.now)
        try step.wallets.anchor(key, at: step.now)
        let proved = try step.walletNotices.close(back) + follow(key, from: balance, next, step)
        try learn(proved, key, step)
        return proved
    }

    /// Goes on from where the way back from the last balance that the wallet stated ended, if a notice that was missing
    /// there has arrived. Copies of that notice may be links already.
    private func explainLate(_ key: WalletKey, _ step: Step) throws -> WalletNoticeRecords.Proved {
        guard var way = try step.walletChecks.way(of: key),
            try openNotices(key, step).contains(where: way.isReached)
        else { return .init() }
        let found = way.explain(try step.walletNotices.notices(key, since: step.ago(Self.longestOpen * 2)))
        guard !found.isEmpty else { return .init() }
        try step.walletChecks.set(way, of: key)
        return try step.walletNotices.close(found)
    }

    /// The messages of a proved chain came through SMSCs of the provider.
    private func learn(_ proved: WalletNoticeRecords.Proved, _ key: WalletKey, _ step: Step) throws {
        for message in proved.messages { try smscs.learn(from: message, key.provider, step) }
    }

    /// Continues after a payment that was not proved in time: later notices may follow from its balance. An unanchored
    /// chain restarts at that balance.
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
        return try follow(key, from: balance, open, step)
    }

    private func follow(
        _ key: WalletKey, from balance: Money, _ open: [WalletNotice], _ step: Step
    ) throws -> WalletNoticeRecords.Proved {
        var chain = WalletChain(balance: balance)
        var open = open
        var taken = chain.take(open)
        // When the wallet comes to an earlier balance again, a copy of what followed then would follow again.
        while let copy = try firstCopy(in: taken, key, step) {
            open.removeAll { $0.id == copy.id }
            chain = WalletChain(balance: balance)
            taken = chain.take(open)
        }
        guard !taken.isEmpty else { return .init() }
        let last = taken.last?.toldAt ?? step.now
        try step.wallets.set(key, chain.balance, toldAt: last, at: step.now)
        return try step.walletNotices.close(taken)
    }

    /// The first notice that was here before the one that it would follow, and claims what a link claims already.
    private func firstCopy(in taken: [WalletNotice], _ key: WalletKey, _ step: Step) throws -> WalletNotice? {
        guard !taken.isEmpty else { return nil }
        var earlier = try step.wallets.wallet(key)?.toldAt
        for notice in taken {
            if !notice.isLink, let earlier, notice.receivedAt < earlier,
                try step.walletNotices.hasTwin(notice, key, since: step.ago(Self.longestOpen * 2))
            {
                return notice
            }
            earlier = notice.toldAt
        }
        return nil
    }

    // MARK: The statement of a notice

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

    /// The possible changes of the balance by a notice. Money received is the amount, perhaps less a fee. For other
    /// notices it is not stated whether fees and taxes are included, and for some not even the direction.
    private func changes(_ reading: ProviderReading, _ moved: Money?) -> [Money] {
        if !reading.balanceCandidates.isEmpty {
            // Any amount in the text may be the one.
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
        // The printed time is not trusted if it is far from the time of the SMS.
        guard let printed, abs(printed.since(sentAt).milliseconds) <= trust.longestDelay.milliseconds else {
            return sentAt
        }
        return printed
    }
}
