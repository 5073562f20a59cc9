import ModemLink
import Messages
import Domain
import Store

/// Staff's operations on wallets: use, balance and trusted SMSCs.
package struct WalletOperations: Sendable {
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noFormats(String)
        case notInUse(String)
        case isListed(String)
        case whichModem([String])
        case noSMSC(String, provider: String)
        case cannotRead(String)
        case cannotAsk(String)

        package var description: String {
            switch self {
            case .noFormats(let id): "there is no wallet '\(id)'; see 'gridpost formats list'"
            case .notInUse(let id): "the wallet '\(id)' is not in use; switch it on with 'gridpost wallets use \(id)'"
            case .isListed(let id): "the configuration lists '\(id)' in [payments] providers; remove it there"
            case .whichModem(let modems):
                "give the modem whose SIM the wallet is on: \(modems.joined(separator: ", "))"
            case .noSMSC(let number, let provider): "no message of \(provider) came from an SMSC \(number)"
            case .cannotAsk(let id):
                "the configuration does not say how to ask '\(id)' for its balance; see [[modems.wallets]] in the example"
            case .cannotRead(let reason): "the formats cannot be read: \(reason)"
            }
        }
    }

    private let unproven: UnprovenCredits
    private let library: CurrentLibrary
    private let modems: Modems
    private let desk: WalletDesk
    private let proved: ProvenNotices
    private let settings: GatewaySettings

    package init(_ gateway: Gateway) {
        settings = gateway.settings
        unproven = UnprovenCredits(gateway)
        library = gateway.library
        modems = gateway.modems
        desk = WalletDesk(gateway)
        proved = ProvenNotices(gateway)
    }

    // MARK: Wallets in use

    /// Checks that there are formats for a wallet, before anything is changed.
    /// - Throws: `Refusal.noFormats`.
    package func checkFormats(_ provider: String) throws {
        guard library.walletIDs.contains(provider) else { throw Refusal.noFormats(provider) }
    }

    /// Switches a wallet on: its notices count as money from now on. `budget` is the daily maximum of unproven credits;
    /// `nil` for the configured limit.
    /// - Throws: `Refusal.cannotRead` if the formats cannot be loaded, and `StoreError`.
    package func use(
        _ provider: String, budget: Money?, uid: UInt32?, _ step: Step
    ) throws {
        try step.walletUse.begin(provider, budget: budget, uid: uid, at: step.now)
        try apply(step)
    }

    /// Switches a wallet off.
    /// - Throws: `Refusal` if the wallet is not in use or is listed in the configuration, or the formats cannot be
    ///   loaded, and `StoreError`.
    package func stopUsing(_ provider: String, _ step: Step) throws {
        guard !library.isListed(provider) else { throw Refusal.isListed(provider) }
        guard try step.walletUse.end(provider) else { throw Refusal.notInUse(provider) }
        try apply(step)
    }

    /// Loads the formats of the wallets in use.
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

    /// Anchors the chain of a wallet at a balance that was checked. Everything that follows from it is proved.
    /// - Throws: `Refusal` if the wallet is not in use or the modem must be given, and `StoreError`.
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

    /// Has a wallet asked for its balance by USSD now, also if its PIN was refused before.
    /// - Throws: `Refusal` if it cannot be asked or the modem must be given, and `StoreError`.
    package func ask(_ provider: String, modem: String?, _ step: Step) throws {
        let keys = settings.walletBalances.map(\.wallet).filter { $0.provider == provider }
        guard !keys.isEmpty else { throw Refusal.cannotAsk(provider) }
        guard let key = keys.first(where: { $0.modem == modem }) ?? (keys.count == 1 && modem == nil ? keys[0] : nil)
        else { throw Refusal.whichModem(keys.map(\.modem)) }
        if let use = try step.walletPINs.use(of: key) { try step.walletPINs.record(use.forgiven, of: key) }
        try step.walletChecks.order(key, at: step.now)
    }

    /// The last time that the wallet was asked for its balance by USSD.
    /// - Throws: `StoreError`.
    package func lastCheck(_ key: WalletKey, _ step: Step) throws -> WalletCheck? {
        try step.walletChecks.last(of: key)
    }

    /// The last time that a wallet without a known balance was asked for it.
    /// - Throws: `StoreError`.
    package func lastCheck(of provider: String, _ step: Step) throws -> WalletCheck? {
        try settings.walletBalances.first { $0.wallet.provider == provider }.flatMap { try lastCheck($0.wallet, step) }
    }

    /// The number of notices of a wallet whose balance does not follow from the chain yet.
    /// - Throws: `StoreError`.
    package func openCount(_ key: WalletKey, _ step: Step) throws -> Int {
        try step.walletNotices.openCount(key, since: step.ago(WalletDesk.longestOpen))
    }

    /// The wallet's daily budget for unproven credits, and what is left of it today.
    /// - Throws: `StoreError`.
    package func budget(of provider: String, _ step: Step) throws -> (
        left: Money, budget: Money
    ) {
        let budget = try unproven.budget(of: provider, step)
        let spent = try step.walletUse.spent(of: provider, on: step.today)
        return (max(.zero, budget - spent), budget)
    }

    // MARK: SMSCs

    /// Trusts an SMSC to send the provider's messages, or stops trusting it.
    /// - Throws: `Refusal.noSMSC` if no message came from this SMSC, and `StoreError`.
    package func trust(_ isTrusted: Bool, _ number: String, of provider: String, _ step: Step) throws {
        guard try step.walletSMSCs.setKnown(isTrusted, WalletSMSCs.digits(number), of: provider) else {
            throw Refusal.noSMSC(number, provider: provider)
        }
    }

    /// The latest messages of a wallet that came through an SMSC, newest first.
    /// - Throws: `StoreError`.
    package func texts(through number: String, of provider: String, _ step: Step) throws
        -> [InboxMessage]
    {
        try step.inbox.messages(of: provider, limit: 200).filter {
            WalletSMSCs.digits($0.smsc) == WalletSMSCs.digits(number)
        }
    }
}
