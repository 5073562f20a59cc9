import ArgumentParser

struct SalesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sales", abstract: "Manage sales on instalments.",
        discussion: """
            Examples:
              gridpost sales add --customer 3 --appliance "Solar pump" --down 50000 --instalments 12 --monthly --first 2026-12-31
              gridpost sales add --customer 3 --appliance "SHS 50" --device SHS0001 --each 700 --weekly --first 2026-12-01
              gridpost sales reschedule 7 --instalments 6 --monthly --first 2027-01-15
            """,
        subcommands: [
            ChangeCommand<NewSale>.self, ListCommand<SaleList>.self, ShowCommand<SaleArgument>.self,
            ChangeCommand<Reschedule>.self, ChangeCommand<Cancel>.self,
        ])
}
