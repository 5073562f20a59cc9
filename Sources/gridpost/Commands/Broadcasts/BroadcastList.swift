import Admin
import ArgumentParser
import Domain

/// `gridpost broadcast list`
struct BroadcastList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List broadcasts, newest first.",
        discussion: "Example: gridpost broadcast list --state running")
    static let address = "/v1/broadcasts"
    static let columns = ["NO", "CLASS", "STATE", "STARTS", "PHONES", "SENT", "FAILED", "TEXT"]
    static let empty = "no broadcasts"

    @Option(help: "Only broadcasts in this state: \(BroadcastState.allCases.map(\.rawValue).joined(separator: ", ")).")
    var state: String?

    var filter: [(String, String?)] { [("state", state)] }

    static func row(_ broadcast: BroadcastView) -> [String] {
        let counts = broadcast.counts
        return [
            "\(broadcast.id)", broadcast.class, broadcast.state, broadcast.startsAt, "\(broadcast.recipients)",
            "\(counts.sent + counts.delivered)", "\(counts.failed + counts.unknown)",
            Terminal.oneLine(broadcast.texts.first?.text ?? "", 40),
        ]
    }
}
