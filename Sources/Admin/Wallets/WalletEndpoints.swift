import Messages
import Domain
import Store
import HTTPTypes
import Gateway

/// Endpoints for wallets: their use, their balances and their SMSCs.
struct WalletEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] { reading + changing }

    private var orders: WalletOperations { WalletOperations(gateway) }

    private var reading: [Endpoint] {
        [
            .get("/v1/wallets", "Wallets with their proven balances and their SMSCs.") { _ in
                try await gateway.steps.read { try views($0) }
            },
            .get(
                "/v1/wallets/{wallet}/smscs/{number}/texts",
                "The latest texts of a wallet that came through an SMSC, newest first."
            ) { request in
                let (wallet, number) = (try request.name("wallet"), try request.name("number"))
                return try await gateway.steps.read { step in
                    let texts = try orders.texts(through: number, of: wallet, step)
                    return PageView(items: texts.map(InMessageView.init), next: nil)
                }
            },
        ]
    }

    private var changing: [Endpoint] {
        [
            .change(
                .post, "/v1/wallets/use",
                "Puts a wallet into use: from now on its texts are read as payments.", takes: WalletUseBody.self
            ) { _, body in
                try orders.checkFormats(body.provider)
                let budget = try body.budget.map { try APIRequest.money("budget", $0, gateway.company.currency) }
                return { change in
                    try orders.use(
                        body.provider, budget: budget, uid: change.peer.uid, change.step)
                    return try views(change.step)
                }
            },
            .change(
                .post, "/v1/wallets/stop", "Takes a wallet out of use.", takes: WalletStopBody.self
            ) { _, body in
                try orders.checkFormats(body.provider)
                return { change in
                    try orders.stopUsing(body.provider, change.step)
                    return try views(change.step)
                }
            },
            .change(
                .post, "/v1/wallets/balance",
                "Sets a wallet's balance as read by staff. Payments that follow from it are proven.",
                takes: WalletBalanceBody.self
            ) { _, body in
                let balance = try APIRequest.money("balance", body.balance, gateway.company.currency)
                return { change in
                    try orders.set(
                        balance, of: body.provider, modem: body.modem, change.step)
                    return try views(change.step)
                }
            },
            .change(
                .post, "/v1/wallets/ask",
                "Has a wallet asked for its balance by USSD. The answer is in the list of wallets, usually within a minute.",
                takes: WalletAskBody.self
            ) { _, body in
                { change in
                    try orders.ask(body.provider, modem: body.modem, change.step)
                    return try views(change.step)
                }
            },
            .change(
                .post, "/v1/wallets/smscs", "Trusts an SMSC for the texts of a wallet, or withdraws the trust.",
                takes: WalletSMSCBody.self
            ) { _, body in
                { change in
                    try orders.trust(body.trusted ?? true, body.number, of: body.provider, change.step)
                    return try views(change.step)
                }
            },
        ]
    }

    /// Every wallet that is in use or has a known balance.
    private func views(_ step: Step) throws -> PageView<WalletView> {
        let known = try step.wallets.all()
        let inUse = gateway.library.reader.providers.map(\.id)
        let silent = inUse.filter { id in !known.contains { $0.key.provider == id } }
        var items = try known.map { wallet in
            var view = try view(wallet.key.provider, step)
            view.tell(
                wallet, open: try orders.openCount(wallet.key, step), step.company.currency)
            if let check = try orders.lastCheck(wallet.key, step) { view.tell(check) }
            return view
        }
        items += try silent.map { provider in
            var view = try view(provider, step)
            // Before its first text, or before its first answer.
            if let check = try orders.lastCheck(of: provider, step) { view.tell(check) }
            return view
        }
        return PageView(
            items: items.sorted { ($0.provider, $0.modem ?? "") < ($1.provider, $1.modem ?? "") }, next: nil)
    }

    private func view(_ provider: String, _ step: Step) throws -> WalletView {
        let (left, budget) = try orders.budget(of: provider, step)
        return WalletView(
            provider, inUse: gateway.library.reader.provider(provider) != nil,
            budget: MoneyView(budget, step.company.currency), left: MoneyView(left, step.company.currency),
            try step.walletSMSCs.smscs(of: provider))
    }
}
