import Admin
import ArgumentParser

struct ModemsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "modems", abstract: "Show the modems, open one again, and find new ones.",
        subcommands: [
            WholeListCommand<All>.self, ShowCommand<ModemArgument>.self, ChangeCommand<Reset>.self, ProbeModems.self,
        ])

    struct All: Listing {
        static let help = CommandConfiguration(
            commandName: "list", abstract: "List the modems, in the order of the configuration.",
            discussion: "Example: gridpost modems list")
        static let address = "/v1/modems"
        static let columns = ["MODEM", "STATE", "SIGNAL", "NETWORK", "SIM", "SENT TODAY", "LAST ERROR"]
        static let empty = "no modems"

        static func row(_ detail: ModemDetailView) -> [String] {
            let modem = detail.modem
            let places = modem.storeUsed.flatMap { used in modem.storeSize.map { "\(used)/\($0)" } }
            return [
                modem.name, modem.state == "ready" ? modem.state : Terminal.styled(modem.state, .red),
                modem.signalPercent.map { "\($0) %" } ?? "-",
                modem.registered == false ? Terminal.styled("none", .yellow) : modem.network ?? "-", places ?? "-",
                "\(detail.sentToday)", Terminal.oneLine(modem.reason ?? detail.lastError?.reason ?? "-", 60),
            ]
        }
    }

    struct Reset: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reset", abstract: "End a modem's process, so that a new one opens the modem again.",
            discussion: "Example: gridpost modems reset office. A part that is being sent is then in doubt.")
        static let step = "reset"

        @OptionGroup var record: ModemArgument

        func show(_ detail: ModemDetailView) { Terminal.say("modem \(detail.modem.name) is opened again") }
    }
}
