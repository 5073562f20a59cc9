import ArgumentParser

struct TicketsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tickets", abstract: "Manage tickets and their threads.",
        discussion: """
            Examples:
              gridpost tickets list --status open
              gridpost tickets reply 12 "We come tomorrow at 9."
              gridpost tickets close 12 --reason "Breaker replaced"
            """,
        subcommands: [
            ListCommand<TicketList>.self, ShowCommand<TicketArgument>.self, ChangeCommand<NewTicket>.self,
            ChangeCommand<Reply>.self, ChangeCommand<Note>.self, ChangeCommand<Assign>.self,
            ChangeCommand<Close>.self, ChangeCommand<Reopen>.self, CategoriesCommand.self,
        ])
}
