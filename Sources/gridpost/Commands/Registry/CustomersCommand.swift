import ArgumentParser

struct CustomersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customers", abstract: "List and show customers.",
        subcommands: [ListCommand<CustomerList>.self, ShowCommand<CustomerArgument>.self])
}
