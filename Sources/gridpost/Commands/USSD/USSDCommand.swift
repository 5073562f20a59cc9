import ArgumentParser

struct USSDCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ussd", abstract: "Talk to the network by USSD.", subcommands: [USSDSend.self])
}
