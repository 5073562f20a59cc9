import Admin
import ArgumentParser

struct WalletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallets",
        abstract: "The company's wallets: which are in use, what their texts prove, and who speaks for them.",
        subcommands: [List.self, Use.self, Stop.self, Balance.self, TrustSMSC.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "What each wallet is known to hold, and its SMSCs.",
            discussion: "Example: gridpost wallets list")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/wallets", as: PageView<WalletView>.self, WalletsCommand.show)
        }
    }

    struct Use: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "use", abstract: "Switch a wallet on: its texts count as money from now on.",
            discussion: """
                Examples:
                  gridpost wallets use mpesa-tz
                  gridpost wallets use wave-sn --budget 100000
                Then look what it holds, and say so: gridpost wallets balance mpesa-tz 15618.00
                """)

        @Argument(help: "The wallet, as 'formats list' calls it.")
        var wallet: String
        @Option(help: "What may be credited of it in a day without proof; for a wallet that never prints a balance.")
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
            commandName: "stop", abstract: "Switch a wallet off: its texts are looked at by people alone.",
            discussion: "Example: gridpost wallets stop tpesa-tz")

        @Argument(help: "The wallet, as 'formats list' calls it.")
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
            abstract: "Say what a wallet holds now, after looking: payments that follow from it go on.",
            discussion: "Example: gridpost wallets balance mpesa-tz 15618.00")

        @Argument(help: "The wallet, as 'formats list' calls it.")
        var wallet: String
        @Argument(help: "What it holds.")
        var balance: String
        @Option(help: "On which modem's SIM it is, where there are several.")
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
            abstract: "Trust a wallet's texts that come through an SMSC, and show what came through it.",
            discussion: """
                Examples:
                  gridpost wallets trust-smsc mpesa-tz +255754000004
                  gridpost wallets trust-smsc mpesa-tz +255754000004 --undo
                """)

        /// Texts on the screen.
        private static let most = 20

        @Argument(help: "The wallet, as 'formats list' calls it.")
        var wallet: String
        @Argument(help: "The SMSC's number, as 'wallets list' shows it.")
        var number: String
        @Flag(help: "Trust it no more.")
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
                Terminal.say("\nTexts that came through it:")
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
        var table = Table("WALLET", "MODEM", "HOLDS", "SINCE", "UNPROVED TEXTS", "LEFT WITHOUT PROOF TODAY", "SMSCS")
        for wallet in page.items {
            let gap = wallet.gapSince.map { " " + Terminal.styled("gap since \($0)", .yellow) } ?? ""
            let smscs = wallet.smscs.map {
                $0.known ? $0.number : Terminal.styled("\($0.number) (unknown)", .yellow)
            }
            let holds = wallet.balance.map { "\($0.currency) \($0.amount)" } ?? "-"
            let standing =
                !wallet.inUse
                ? Terminal.styled(" not in use", .yellow)
                : wallet.anchoredAt == nil ? Terminal.styled(" nobody looked", .yellow) : ""
            table.add(
                wallet.provider, wallet.modem ?? "-", holds + standing, wallet.at ?? "-", "\(wallet.open)\(gap)",
                "\(wallet.budgetLeft.amount) of \(wallet.budget.amount)", smscs.joined(separator: ", "))
        }
        table.show(empty: "no wallet is in use; switch one on with 'gridpost wallets use ID'")
    }
}
