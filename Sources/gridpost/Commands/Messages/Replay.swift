import Admin
import ArgumentParser

/// `gridpost messages replay`
struct Replay: Change {
    static let help = CommandConfiguration(
        commandName: "replay", abstract: "Read providers' texts again after a change of formats.",
        discussion: """
            Texts that were ignored, reviewed, quarantined or failed and that now read differently are handled again.
            No payment is recorded twice. 'systemctl reload gridpost' makes the daemon load changed formats.

            Examples:
              gridpost messages replay --dry-run
              gridpost messages replay --since 2026-11-01T00:00:00Z
              gridpost messages replay --message 12
            """)

    @Option(help: "Only this message, by number.")
    var message: Int64?

    @Option(help: "Only messages received since this time, such as 2026-11-01T00:00:00Z.")
    var since: String?

    @Flag(help: "Only show what would be read differently.")
    var dryRun = false

    var address: String { "/v1/messages/replay" }
    var body: ReplayBody { ReplayBody(message: message, since: since, dryRun: dryRun) }

    func show(_ replay: ReplayView) {
        var table = Table("NO", "FROM", "WAS", "READS AS", "FORMAT")
        for change in replay.changes {
            let format = change.format.map { "\($0) of \(change.provider ?? "")" } ?? ""
            table.add("\(change.message)", change.from, change.was, change.becomes, format)
        }
        table.show(empty: "no message reads differently")
        guard !replay.changes.isEmpty else { return }
        Terminal.say(replay.dryRun ? "nothing was changed" : "these messages are being handled again")
    }
}
