import Admin
import ArgumentParser

/// A change of one wallet, after which all wallets are listed.
protocol WalletChange: Change where Answer == PageView<WalletView> {}

extension WalletChange {
    func show(_ page: PageView<WalletView>) { WalletList.show(page) }
}

extension WalletsCommand {
    struct Use: WalletChange {
        static let help = CommandConfiguration(
            commandName: "use", abstract: "Put a wallet into use: from now on its texts are read as payments.",
            discussion: """
                Examples:
                  gridpost wallets use mpesa-tz
                  gridpost wallets use wave-sn --budget 100000
                Then read the wallet's balance and enter it: gridpost wallets balance mpesa-tz 15618.00
                """)

        @OptionGroup var named: WalletArgument

        @Option(help: "The maximum amount of unproven credits per day, for a wallet whose texts show no balance.")
        var budget: String?

        var address: String { "/v1/wallets/use" }
        var body: WalletUseBody { WalletUseBody(provider: named.wallet, budget: budget) }
    }

    struct Stop: WalletChange {
        static let help = CommandConfiguration(
            commandName: "stop", abstract: "Take a wallet out of use: its texts are only reviewed by staff.",
            discussion: "Example: gridpost wallets stop tpesa-tz")

        @OptionGroup var named: WalletArgument

        var address: String { "/v1/wallets/stop" }
        var body: WalletStopBody { WalletStopBody(provider: named.wallet) }
    }

    struct Balance: WalletChange {
        static let help = CommandConfiguration(
            commandName: "balance",
            abstract: "Enter a wallet's current balance. Waiting payments that follow from it are processed.",
            discussion: "Example: gridpost wallets balance mpesa-tz 15618.00")

        @OptionGroup var named: WalletArgument

        @Argument(help: "The current balance.")
        var balance: String

        @Option(help: "The modem whose SIM has the wallet; required if there are several.")
        var modem: String?

        var address: String { "/v1/wallets/balance" }
        var body: WalletBalanceBody { WalletBalanceBody(provider: named.wallet, modem: modem, balance: balance) }
    }

    struct Ask: WalletChange {
        static let help = CommandConfiguration(
            commandName: "ask",
            abstract: "Have a wallet asked for its balance by USSD now, as [[modems.wallets]] says.",
            discussion: """
                Example: gridpost wallets ask mpesa-tz
                A PIN that the wallet refused is given again once; wallets lock themselves after few wrong PINs.
                """)

        @OptionGroup var named: WalletArgument

        @Option(help: "The modem whose SIM has the wallet; required if there are several.")
        var modem: String?

        var address: String { "/v1/wallets/ask" }
        var body: WalletAskBody { WalletAskBody(provider: named.wallet, modem: modem) }
    }
}
