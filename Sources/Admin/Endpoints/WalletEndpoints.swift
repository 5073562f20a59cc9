import Domain
import Gateway
import HTTPTypes
import Store

/// Wallets: what they hold, who speaks for them.
struct WalletEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        let orders = WalletOrders(gateway)
        return [
            .get("/v1/wallets", "Wallets with the balance that their texts prove, and their service centres.") { _ in
                let now = gateway.clock.now
                return try await gateway.store.read { try views($0, now) }
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
                .post, "/v1/wallets/centres", "Texts of this provider may come from this service centre, too.",
                takes: WalletCentreBody.self
            ) { _, body in
                { change in
                    try orders.believe(body.number, of: body.provider, change.transaction)
                    return try views(change.transaction, change.now)
                }
            },
        ]
    }

    private func views(_ transaction: Transaction, _ now: Timestamp) throws -> PageView<WalletView> {
        let orders = WalletOrders(gateway)
        return PageView(
            items: try transaction.wallets.all().map { wallet in
                WalletView(
                    wallet, open: try orders.openCount(wallet.key, transaction, now),
                    try transaction.wallets.centres(of: wallet.key.provider), gateway.company.currency)
            }, next: nil)
    }
}
