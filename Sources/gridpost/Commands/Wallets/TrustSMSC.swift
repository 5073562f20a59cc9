import Admin
import ArgumentParser

extension WalletsCommand {
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

        @OptionGroup var named: WalletArgument

        @Argument(help: "The SMSC's number, as shown by 'wallets list'.")
        var number: String

        @Flag(help: "Withdraw the trust.")
        var undo = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                "/v1/wallets/smscs", WalletSMSCBody(provider: named.wallet, number: number, trusted: !undo),
                as: PageView<WalletView>.self, WalletList.show)
            guard !client.json else { return }
            let digits = number.filter { $0.isASCII && $0.isNumber }
            try await client.ask(
                "/v1/wallets/\(named.wallet)/smscs/\(digits)/texts", as: PageView<InMessageView>.self, Self.show)
        }

        private static func show(_ page: PageView<InMessageView>) {
            Terminal.say("\nTexts that came through this SMSC:")
            var table = Table("MESSAGE", "AT", "READ AS", "NOTE", "TEXT")
            for message in page.items.prefix(most) {
                table.add(
                    "\(message.id)", message.receivedAt, message.disposition ?? message.state, message.note ?? "",
                    Terminal.oneLine(message.text, 60))
            }
            table.show(empty: "none")
            if page.items.count > most { Terminal.say("... and \(page.items.count - most) more") }
        }
    }
}
