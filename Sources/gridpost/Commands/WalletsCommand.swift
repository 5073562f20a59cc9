import Admin
import ArgumentParser

struct WalletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallets", abstract: "The company's wallets: what their texts prove, and who speaks for them.",
        subcommands: [List.self, Balance.self, Centre.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "What each wallet is known to hold, and its service centres.",
            discussion: "Example: gridpost wallets list")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/wallets", as: PageView<WalletView>.self, WalletsCommand.show)
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

    struct Centre: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "believe", abstract: "Believe a wallet's texts that come from a service centre.",
            discussion: "Example: gridpost wallets believe mpesa-tz +255754000004")

        @Argument(help: "The wallet, as 'formats list' calls it.")
        var wallet: String
        @Argument(help: "The service centre's number, as 'wallets list' shows it.")
        var number: String
        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/centres", WalletCentreBody(provider: wallet, number: number),
                as: PageView<WalletView>.self, WalletsCommand.show)
        }
    }

    private static func show(_ page: PageView<WalletView>) {
        var table = Table("WALLET", "MODEM", "HOLDS", "SINCE", "UNPROVED TEXTS", "CENTRES")
        for wallet in page.items {
            let gap = wallet.gapSince.map { " " + Terminal.styled("gap since \($0)", .yellow) } ?? ""
            let centres = wallet.centres.map { $0.known ? $0.number : Terminal.styled("\($0.number) (new)", .yellow) }
            table.add(
                wallet.provider, wallet.modem, "\(wallet.balance.currency) \(wallet.balance.amount)", wallet.at,
                "\(wallet.open)\(gap)", centres.joined(separator: ", "))
        }
        table.show(empty: "no wallet has told what it holds")
    }
}
