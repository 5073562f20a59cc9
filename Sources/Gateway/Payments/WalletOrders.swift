import Domain
import Messages
import ModemLink
import Store

/// What staff say of a wallet: what it holds, and which service centre speaks for it.
package struct WalletOrders: Sendable {
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noProvider(String)
        case whichModem([String])
        case noCentre(String, provider: String)

        package var description: String {
            switch self {
            case .noProvider(let id): "there is no wallet '\(id)' here"
            case .whichModem(let modems):
                "say on which modem's SIM the wallet is: \(modems.joined(separator: ", "))"
            case .noCentre(let number, let provider): "no text of \(provider) came from a centre \(number)"
            }
        }
    }

    private let gateway: Gateway
    private let desk: WalletDesk
    private let acceptance: PaymentAcceptance

    package init(_ gateway: Gateway) {
        self.gateway = gateway
        desk = WalletDesk(gateway)
        acceptance = PaymentAcceptance(gateway)
    }

    /// Somebody looked at the wallet: all that follows from this balance is proved.
    package func set(
        _ balance: Money, of provider: String, modem: String?, _ transaction: Transaction, _ now: Timestamp
    ) throws {
        guard gateway.library.reader.provider(provider) != nil else { throw Refusal.noProvider(provider) }
        let known = try transaction.wallets.all().map(\.key).filter { $0.provider == provider }.map(\.modem)
        let modems = known.isEmpty ? gateway.modems.links.map(\.name) : known
        guard let modem = modem ?? (modems.count == 1 ? modems[0] : nil) else { throw Refusal.whichModem(modems) }
        let proved = try desk.anchor(
            WalletKey(provider: provider, modem: modem), at: balance, transaction, now)
        _ = try acceptance.goOn(proved, transaction, now)
    }

    /// The provider's texts may come from this centre, too.
    package func believe(_ number: String, of provider: String, _ transaction: Transaction) throws {
        guard try transaction.wallets.believe(WalletDesk.digits(number), of: provider) else {
            throw Refusal.noCentre(number, provider: provider)
        }
    }

    /// How many notices of a wallet follow from nothing yet.
    package func openCount(_ key: WalletKey, _ transaction: Transaction, _ now: Timestamp) throws -> Int {
        try transaction.wallets.openCount(key, since: now.adding(.zero - WalletDesk.longestOpen))
    }
}
