import ArgumentParser

/// The gridpost program: the daemon and the commands that talk to it.
@main
struct Gridpost: AsyncParsableCommand {
    static let version = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "gridpost",
        abstract: "SMS gateway for mini-grids: receives payments and sends tokens.",
        discussion: """
            The daemon:   gridpost check --config gateway.toml && gridpost run --config gateway.toml
            A first look: gridpost demo
            Most other commands talk to the running daemon over its admin socket.
            """,
        version: version,
        subcommands: [
            RunCommand.self, CheckCommand.self, DemoCommand.self, ReadCommand.self, FormatsCommand.self,
            TokenCommand.self,
            ImportCommand.self,
            StatusCommand.self, ModemsCommand.self, USSDCommand.self, PaymentsCommand.self, CustomersCommand.self,
            DevicesCommand.self,
            TariffsCommand.self,
            AppliancesCommand.self, SalesCommand.self, MessagesCommand.self, WalletsCommand.self,
            TicketsCommand.self, JobsCommand.self, BroadcastCommand.self, PeopleCommand<Contractors>.self,
            PeopleCommand<Agents>.self, PeopleCommand<Staff>.self, ReportCommand.self, EventsCommand.self,
            ListCommand<AuditLog>.self,
            AuditCommand.self, ClockCommand.self, SimulateCommand.self, RehearseCommand.self, ExchangeCommand.self,
        ])
}
