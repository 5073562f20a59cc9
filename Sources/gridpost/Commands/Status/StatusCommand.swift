import Admin
import ArgumentParser

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the state of the daemon and its modems.",
        discussion:
            "Example: gridpost status --json. Exits with 0 if the daemon answers; problems are shown in the fields.")

    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.ask("/v1/status", as: StatusView.self) { status in
            var fields = FieldList()
            fields.add("company", status.company)
            fields.add("version", status.version)
            fields.add("running since", status.startedAt)
            fields.add("clock", status.clock.map { Terminal.styled("wrong", .red) + ": \($0)" })
            fields.add("customers", "\(status.customers) with \(status.devices) devices")
            fields.add("payments", Self.counts(status.payments))
            fields.add("inbox", Self.counts(status.inbox))
            fields.add("outbox", Self.counts(status.outbox))
            fields.add("open tickets", "\(status.openTickets)")
            fields.add(
                "wallets in use", status.walletsInUse.isEmpty ? "none" : status.walletsInUse.joined(separator: ", "))
            for concern in status.concerns { fields.add("problem", Terminal.styled(concern, .yellow)) }
            fields.show()
            Terminal.say("")
            var table = Table("MODEM", "STATE", "SIGNAL", "NETWORK", "STORE", "RESTARTS", "DETAIL")
            for modem in status.modems {
                let store = modem.storeUsed.flatMap { used in modem.storeSize.map { "\(used)/\($0)" } }
                table.add(
                    modem.name, modem.state, modem.signalPercent.map { "\($0) %" } ?? "-", modem.network ?? "-",
                    store ?? "-",
                    "\(modem.restarts)", modem.reason ?? modem.model ?? "")
            }
            table.show(empty: "no modems")
        }
    }

    private static func counts(_ counts: [String: Int]) -> String {
        counts.isEmpty
            ? "none" : counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
