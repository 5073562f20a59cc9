import ArgumentParser

struct WalletsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wallets", abstract: "Manage the company's wallets: their use, balances and SMSCs.",
        subcommands: [
            WholeListCommand<WalletList>.self, ChangeCommand<Use>.self, ChangeCommand<Stop>.self,
            ChangeCommand<Balance>.self, ChangeCommand<Ask>.self, TrustSMSC.self,
        ])
}
