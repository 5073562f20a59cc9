import ArgumentParser

struct USSDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ussd", abstract: "Talk to the network by USSD, and see the SIMs' airtime.",
        subcommands: [
            USSDSend.self, WholeListCommand<AirtimeChecks>.self, WholeListCommand<BundlePurchases>.self,
        ])
}
