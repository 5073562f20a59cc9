import Admin
import ArgumentParser

struct WalletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallets",
        abstract: "Manage the company's wallets: their use, balances and SMSCs.",
        subcommands: [List.self, Use.self, Stop.self, Balance.self, TrustSMSC.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List wallets with their known balances and SMSCs.",
            discussion: "Example: gridpost wallets list")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/wallets", as: PageView<WalletView>.self, WalletsCommand.show)
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use", abstract: "Put a wallet into use: from now on its texts are read as payments.",
            discussion: """
                Examples:
                  gridpost wallets use mpesa-tz
                  gridpost wallets use wave-sn --budget 100000
                Then read the wallet's balance and enter it: gridpost wallets balance mpesa-tz 15618.00
                """)

        @Argument(help: "The wallet's id, as shown by 'formats list'.")
        var wallet: String
        @Option(help: "The maximum amount of unproven credits per day, for a wallet whose texts show no balance.")
        var budget: String?
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/use", WalletUseBody(provider: wallet, budget: budget), as: PageView<WalletView>.self,
                WalletsCommand.show)
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "stop", abstract: "Take a wallet out of use: its texts are only reviewed by staff.",
            discussion: "Example: gridpost wallets stop tpesa-tz")

        @Argument(help: "The wallet's id, as shown by 'formats list'.")
        var wallet: String
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/stop", WalletStopBody(provider: wallet), as: PageView<WalletView>.self, WalletsCommand.show
            )
        }
    }

    struct Balance: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "balance",
            abstract: "Enter a wallet's current balance. Waiting payments that follow from it are processed.",
            discussion: "Example: gridpost wallets balance mpesa-tz 15618.00")

        @Argument(help: "The wallet's id, as shown by 'formats list'.")
        var wallet: String
        @Argument(help: "The current balance.")
        var balance: String
        @Option(help: "The modem whose SIM has the wallet; required if there are several.")
        var modem: String?
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/balance", WalletBalanceBody(provider: wallet, modem: modem, balance: balance),
                as: PageView<WalletView>.self, WalletsCommand.show)
        }
    }

    struct TrustSMSC: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "trust-smsc",
            abstract: "Trust an SMSC for a wallet's texts, and show the texts that came through it.",
            discussion: """
                Examples:
                  gridpost wallets trust-smsc mpesa-tz +255754000004
                  gridpost wallets trust-smsc mpesa-tz +255754000004 --undo
                """)

        /// The maximum number of texts printed.
        private static let most = 20

        @Argument(help: "The wallet's id, as shown by 'formats list'.")
        var wallet: String
        @Argument(help: "The SMSC's number, as shown by 'wallets list'.")
        var number: String
        @Flag(help: "Withdraw the trust.")
        var undo = false
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/smscs", WalletSMSCBody(provider: wallet, number: number, trusted: !undo),
                as: PageView<WalletView>.self, WalletsCommand.show)
            guard !client.json else { return }
            let digits = number.filter { $0.isASCII && $0.isNumber }
            try await client.ask(
                "/v1/wallets/\(wallet)/smscs/\(digits)/texts", as: PageView<InMessageView>.self
            ) { page in
                Terminal.say("\nTexts that came through this SMSC:")
                var table = Table("MESSAGE", "AT", "READ AS", "NOTE", "TEXT")
                for message in page.items.prefix(Self.most) {
                    table.add(
                        "\(message.id)", message.receivedAt, message.disposition ?? message.state, message.note ?? "",
                        Terminal.oneLine(message.text, 60))
                }
                table.show(empty: "none")
                if page.items.count > Self.most { Terminal.say("... and \(page.items.count - Self.most) more") }
            }
        }
    }

    private static func show(_ page: PageView<WalletView>) {
        var table = Table("WALLET", "MODEM", "BALANCE", "AT", "UNPROVEN TEXTS", "UNPROVEN CREDIT LEFT TODAY", "SMSCS")
        for wallet in page.items {
            let gap = wallet.gapSince.map { " " + Terminal.styled("gap since \($0)", .yellow) } ?? ""
            let smscs = wallet.smscs.map {
                $0.known ? $0.number : Terminal.styled("\($0.number) (unknown)", .yellow)
            }
            let holds = wallet.balance.map { "\($0.currency) \($0.amount)" } ?? "-"
            let standing =
                !wallet.inUse
                ? Terminal.styled(" not in use", .yellow)
                : wallet.anchoredAt == nil ? Terminal.styled(" not confirmed by staff", .yellow) : ""
            table.add(
                wallet.provider, wallet.modem ?? "-", holds + standing, wallet.at ?? "-", "\(wallet.open)\(gap)",
                "\(wallet.budgetLeft.amount) of \(wallet.budget.amount)", smscs.joined(separator: ", "))
        }
        table.show(empty: "no wallet is in use; add one with 'gridpost wallets use ID'")
    }
}
