import Admin
import ArgumentParser

struct EventsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "events", abstract: "Print events as they happen.",
        discussion: """
            Examples:
              gridpost events
              gridpost events --after 120 --json
            Ends with Ctrl-C or when the daemon stops.
            """)

    @Option(help: "Start after the event with this number; only new events if omitted.")
    var after: Int64?

    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.listen("/v1/events" + Query.text([("after", after.map(String.init))])) { serverEvent in
            if client.json {
                Terminal.say(serverEvent.data)
            } else if let event = try? AdminClient.decode(EventView.self, serverEvent.data.utf8Data) {
                Terminal.say(
                    "\(event.at)  \(Terminal.styled(event.kind, .bold))  \(event.subject)\(event.note.map { "  \($0)" } ?? "")"
                )
            }
            return true
        }
    }
}
