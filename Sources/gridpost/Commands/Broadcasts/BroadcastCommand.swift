import ArgumentParser

struct BroadcastCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "broadcast", abstract: "Send a message to many phones.",
        discussion: """
            Examples:
              gridpost broadcast new --mini-grid Kisiwa --class service --text "No power on Monday, 9 to 12." --dry-run
              gridpost broadcast new --group Business --class promo --text "sw=Habari {name}" --text "en=Hello {name}"
              gridpost broadcast progress 3
              gridpost broadcast report 3 --csv > report.csv
            """,
        subcommands: [
            New.self, ListCommand<BroadcastList>.self, ShowCommand<BroadcastArgument>.self, Progress.self,
            ChangeCommand<Pause>.self, ChangeCommand<Resume>.self, ChangeCommand<Cancel>.self, Report.self,
        ])
}
