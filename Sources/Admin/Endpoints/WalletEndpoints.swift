import Domain
import Gateway
import HTTPTypes
import Messages
import Store

/// Wallets: which are in use, what they hold, who speaks for them.
struct WalletEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] { reading + changing }

    private var orders: WalletOrders { WalletOrders(gateway) }

    private var reading: [Endpoint] {
        [
            .get("/v1/wallets", "Wallets with the balance that their texts prove, and their SMSCs.") { _ in
                let now = gateway.clock.now
                return try await gateway.store.read { try views($0, now) }
            },
            .get(
                "/v1/wallets/{wallet}/centres/{number}/texts",
                "The last texts of a wallet that came through an SMSC, newest first."
            ) { call in
                let (wallet, number) = (try call.name("wallet"), try call.name("number"))
                return try await gateway.store.read { transaction in
                    let texts = try orders.texts(through: number, of: wallet, transaction)
                    return PageView(items: texts.map(InMessageView.init), next: nil)
                }
            },
        ]
    }

    private var changing: [Endpoint] {
        [
            .change(
                .post, "/v1/wallets/use",
                "The wallet is the company's: its texts count as money from now on.", takes: WalletUseBody.self
            ) { _, body in
                try orders.checkFormats(body.provider)
                let budget = try body.budget.map { try Call.money("budget", $0, gateway.company.currency) }
                return { change in
                    try orders.use(
                        body.provider, budget: budget, uid: change.peer.uid, change.transaction, change.now)
                    return try views(change.transaction, change.now)
                }
            },
            .change(
                .post, "/v1/wallets/stop", "The wallet is not the company's any more.", takes: WalletStopBody.self
            ) { _, body in
                try orders.checkFormats(body.provider)
                return { change in
                    try orders.stopUsing(body.provider, change.transaction)
                    return try views(change.transaction, change.now)
                }
            },
            .change(
                .post, "/v1/wallets/balance",
                "Somebody looked at the wallet: it holds this now, and texts that follow from it are proved.",
                takes: WalletBalanceBody.self
            ) { _, body in
                let balance = try Call.money("balance", body.balance, gateway.company.currency)
                return { change in
                    try orders.set(
                        balance, of: body.provider, modem: body.modem, change.transaction, change.now)
                    return try views(change.transaction, change.now)
                }
            },
            .change(
                .post, "/v1/wallets/centres", "Texts of this wallet may come through this SMSC, or may not any more.",
                takes: WalletCentreBody.self
            ) { _, body in
                { change in
                    try orders.trust(body.trusted ?? true, body.number, of: body.provider, change.transaction)
                    return try views(change.transaction, change.now)
                }
            },
        ]
    }

    /// Every wallet that is in use or that has told what it holds.
    private func views(_ transaction: Transaction, _ now: Timestamp) throws -> PageView<WalletView> {
        let known = try transaction.wallets.all()
        let inUse = gateway.library.reader.providers.map(\.id)
        let silent = inUse.filter { id in !known.contains { $0.key.provider == id } }
        var items = try known.map { wallet in
            var view = try view(wallet.key.provider, transaction, now)
            view.tell(
                wallet, open: try orders.openCount(wallet.key, transaction, now), gateway.company.currency)
            return view
        }
        items += try silent.map { try view($0, transaction, now) }
        return PageView(
            items: items.sorted { ($0.provider, $0.modem ?? "") < ($1.provider, $1.modem ?? "") }, next: nil)
    }

    private func view(_ provider: String, _ transaction: Transaction, _ now: Timestamp) throws -> WalletView {
        let (left, budget) = try orders.budget(of: provider, transaction, now)
        return WalletView(
            provider, inUse: gateway.library.reader.provider(provider) != nil,
            budget: MoneyView(budget, gateway.company.currency), left: MoneyView(left, gateway.company.currency),
            try transaction.walletCentres.centres(of: provider))
    }
}
