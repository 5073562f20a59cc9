import Store
import Domain

/// Tracks which SMSCs send for a wallet. An SMSC becomes known when its message closes an anchored chain, or by staff.
struct WalletSMSCs: Sendable {
    private let settings: GatewaySettings
    private var trust: TrustSettings { settings.trust }

    init(_ gateway: Gateway) {
        settings = gateway.settings
    }

    /// How the SMSC of a message relates to the known SMSCs of the wallet.
    enum Standing: Sendable, Hashable {
        /// Known, or the check is off.
        case known
        /// No SMSC of the wallet is known yet.
        case unheard
        /// Other SMSCs of the wallet are known, but not this one.
        case new
        /// Not among the SMSCs listed by the operator.
        case wrong
    }

    /// Compares the SMSC of a message with the wallet's.
    func standing(of message: InboxMessage, _ provider: String, _ step: Step) throws -> Standing {
        guard trust.asks(.smsc, of: provider), !message.isOverHTTP else { return .known }
        let number = Self.digits(message.smsc)
        if let listed = listed(for: provider) { return listed.contains(number) ? .known : .wrong }
        let known = try step.walletSMSCs.smscs(of: provider).filter(\.isKnown)
        guard !known.isEmpty else { return .unheard }
        // Some modems report no SMSC; that does not count as known.
        return known.contains { $0.number == number } ? .known : .new
    }

    /// Counts a message of the wallet for its SMSC.
    func see(_ message: InboxMessage, _ provider: String, _ step: Step) throws {
        let number = Self.digits(message.smsc)
        guard !number.isEmpty, trust.asks(.smsc, of: provider) else { return }
        try step.walletSMSCs.see(number, of: provider, at: step.now)
    }

    /// Marks the SMSC of a message as known, because the message closed an anchored chain.
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

    /// The digits of an SMSC number. Networks write them with or without a plus.
    static func digits(_ number: String) -> String { number.filter { $0.isASCII && $0.isNumber } }
}
