import Domain
import Store

/// Knows which SMSCs speak for a wallet. An SMSC becomes known by a text that closes an anchored chain, or by staff.
struct WalletSMSCs: Sendable {
    private let settings: GatewaySettings
    private var trust: TrustSettings { settings.trust }

    init(_ gateway: Gateway) {
        settings = gateway.settings
    }

    /// What is known of the SMSC of a message.
    enum Standing: Sendable, Hashable {
        /// Known, or nothing is asked.
        case known
        /// No SMSC of the wallet is known yet: nothing to compare with.
        case unheard
        /// Others of the wallet are known, and this one is not.
        case new
        /// None of those that the operator listed.
        case wrong
    }

    /// Judges the SMSC of a message.
    func standing(of message: InboxMessage, _ provider: String, _ step: Step) throws -> Standing {
        guard trust.asks(.smsc, of: provider) else { return .known }
        let number = Self.digits(message.smsc)
        if let listed = listed(for: provider) { return listed.contains(number) ? .known : .wrong }
        let known = try step.walletSMSCs.smscs(of: provider).filter(\.isKnown)
        guard !known.isEmpty else { return .unheard }
        // Some modems tell no SMSC; it is not one that is known.
        return known.contains { $0.number == number } ? .known : .new
    }

    /// Counts a text of the wallet.
    func see(_ message: InboxMessage, _ provider: String, _ step: Step) throws {
        let number = Self.digits(message.smsc)
        guard !number.isEmpty, trust.asks(.smsc, of: provider) else { return }
        try step.walletSMSCs.see(number, of: provider, at: step.now)
    }

    /// A text closed an anchored chain: its SMSC speaks for the wallet.
    func learn(from id: InboxMessageID, _ provider: String, _ step: Step) throws {
        guard listed(for: provider) == nil, let message = try step.inbox.message(id) else { return }
        let number = Self.digits(message.smsc)
        guard !number.isEmpty else { return }
        _ = try step.walletSMSCs.setKnown(true, number, of: provider)
    }

    private func listed(for provider: String) -> [String]? {
        guard case .listed(let numbers) = trust.smscs else { return nil }
        return numbers[provider].map { $0.map(Self.digits) }
    }

    /// Networks write their centres with and without a plus.
    static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }
}
