import Domain
import Messages
import ModemLink
import Store

/// What staff say of a wallet: that it is in use, what it holds, and which SMSC speaks for it.
package struct WalletOperations: Sendable {
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noFormats(String)
        case notInUse(String)
        case isListed(String)
        case whichModem([String])
        case noCentre(String, provider: String)
        case cannotRead(String)

        package var description: String {
            switch self {
            case .noFormats(let id): "there is no wallet '\(id)'; see 'gridpost formats list'"
            case .notInUse(let id): "the wallet '\(id)' is not in use; switch it on with 'gridpost wallets use \(id)'"
            case .isListed(let id): "the configuration lists '\(id)' in [payments] providers; take it out there"
            case .whichModem(let modems):
                "say on which modem's SIM the wallet is: \(modems.joined(separator: ", "))"
            case .noCentre(let number, let provider): "no text of \(provider) came from an SMSC \(number)"
            case .cannotRead(let reason): "the formats cannot be read: \(reason)"
            }
        }
    }

    private let unproven: UnprovenCredits
    private let library: CurrentLibrary
    private let modems: Modems
    private let desk: WalletDesk
    private let proved: ProvenNotices

    package init(_ gateway: Gateway) {
        unproven = UnprovenCredits(gateway)
        library = gateway.library
        modems = gateway.modems
        desk = WalletDesk(gateway)
        proved = ProvenNotices(gateway)
    }

    // MARK: Wallets in use

    /// Checks, before anything is changed, that there are formats for a wallet.
    package func checkFormats(_ provider: String) throws {
        guard library.walletIDs.contains(provider) else { throw Refusal.noFormats(provider) }
    }

    /// The wallet is the company's: its texts count as money from now on. `budget` is what may be credited of it in a day
    /// without proof; the configuration's limit when `nil`.
    package func use(
        _ provider: String, budget: Money?, uid: UInt32?, _ step: Step
    ) throws {
        try step.walletUse.begin(provider, budget: budget, uid: uid, at: step.now)
        try apply(step)
    }

    /// The wallet is none of the company's any more.
    package func stopUsing(_ provider: String, _ step: Step) throws {
        guard !library.isListed(provider) else { throw Refusal.isListed(provider) }
        guard try step.walletUse.end(provider) else { throw Refusal.notInUse(provider) }
        try apply(step)
    }

    /// The formats in force follow what the books say.
    private func apply(_ step: Step) throws {
        do {
            try library.switchOn(Set(try step.walletUse.all().map(\.provider)))
        } catch let error as StoreError {
            throw error
        } catch {
            throw Refusal.cannotRead("\(error)")
        }
    }

    // MARK: Balances

    /// Somebody looked at the wallet: all that follows from this balance is proved.
    package func set(
        _ balance: Money, of provider: String, modem: String?, _ step: Step
    ) throws {
        guard library.walletIDs.contains(provider) else { throw Refusal.noFormats(provider) }
        guard library.reader.provider(provider) != nil else { throw Refusal.notInUse(provider) }
        let known = try step.wallets.all().map(\.key).filter { $0.provider == provider }.map(\.modem)
        let modems = known.isEmpty ? modems.links.map(\.name) : known
        guard let modem = modem ?? (modems.count == 1 ? modems[0] : nil) else { throw Refusal.whichModem(modems) }
        let follows = try desk.anchor(
            WalletKey(provider: provider, modem: modem), at: balance, step)
        _ = try proved.goOn(follows, step)
    }

    /// How many notices of a wallet follow from nothing yet.
    package func openCount(_ key: WalletKey, _ step: Step) throws -> Int {
        try step.walletNotices.openCount(key, since: step.ago(WalletDesk.longestOpen))
    }

    /// What is left of a wallet's budget of today for credits without proof, and the budget.
    package func budget(of provider: String, _ step: Step) throws -> (
        left: Money, budget: Money
    ) {
        let budget = try unproven.budget(of: provider, step)
        let spent = try step.walletUse.spent(of: provider, on: step.today)
        return (max(.zero, budget - spent), budget)
    }

    // MARK: SMSCs

    /// The provider's texts may come from this SMSC, or may not any more.
    package func trust(_ isTrusted: Bool, _ number: String, of provider: String, _ step: Step) throws {
        guard try step.walletSMSCs.setKnown(isTrusted, WalletSMSCs.digits(number), of: provider) else {
            throw Refusal.noCentre(number, provider: provider)
        }
    }

    /// The last texts of a wallet that came through an SMSC, newest first.
    package func texts(through number: String, of provider: String, _ step: Step) throws
        -> [InboxMessage]
    {
        try step.inbox.messages(of: provider, limit: 200).filter {
            WalletSMSCs.digits($0.smsc) == WalletSMSCs.digits(number)
        }
    }
}
