import ArgumentParser

struct JobsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "jobs", abstract: "Manage maintenance jobs for contractors.",
        discussion: """
            Examples:
              gridpost jobs new --contractor 1 --price 15000 --deadline 2026-11-30 --place Kijiji "Replace the breaker"
              gridpost jobs confirm 12
              gridpost jobs pay 12 --reference QK7H2A
            """,
        subcommands: [
            ChangeCommand<NewJob>.self, ListCommand<JobList>.self, ShowCommand<JobArgument>.self,
            ChangeCommand<Confirm>.self, ChangeCommand<Cancel>.self, ChangeCommand<Reassign>.self,
            ChangeCommand<Pay>.self,
        ])
}
