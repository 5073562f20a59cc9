import Admin
import ArgumentParser
import Foundation

struct ModemArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one modem with its last error, what to do, and its history.",
        discussion: "Example: gridpost modems show office")

    @Argument(help: "The modem's name.")
    var name: String

    var address: String {
        "/v1/modems/" + (name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? name)
    }

    static func show(_ detail: ModemDetailView) {
        let modem = detail.modem
        var fields = FieldList()
        fields.add("modem", "\(modem.name), \(modem.state)" + (modem.reason.map { ": \($0)" } ?? ""))
        fields.add("what to do", detail.advice)
        fields.add("model", modem.model)
        fields.add("SMSC", modem.smsc)
        fields.add("signal", modem.signalPercent.map { "\($0) %" })
        fields.add("network", modem.registered == false ? "not registered" : modem.network)
        fields.add("SIM places", modem.storeUsed.flatMap { used in modem.storeSize.map { "\(used) of \($0) used" } })
        fields.add("sent today", Terminal.count(detail.sentToday, "part"))
        fields.add("restarts", "\(modem.restarts)")
        if let error = detail.lastError {
            fields.add("last error", "\(error.at)  \(error.reason)" + (error.code.map { " (\($0))" } ?? ""))
            fields.add("about it", error.advice)
        }
        fields.show()
        guard !detail.history.isEmpty else { return }
        Terminal.say("")
        var table = Table("SINCE", "STATE", "REASON")
        for entry in detail.history { table.add(entry.at, entry.state, entry.reason ?? "") }
        table.show(empty: "")
    }
}
