import Admin
import ArgumentParser

/// `gridpost messages list`
struct ReceivedMessages: Listing {
    static let help = MessagesCommand.List.configuration
    static let address = "/v1/messages/in"
    static let columns = ["NO", "RECEIVED", "FROM", "READ AS", "TEXT", "NOTE"]
    static let empty = "no messages"

    @Option(help: "Only messages read as this: credit, ignore, review, quarantine, reverse, person.")
    var disposition: String?

    var filter: [(String, String?)] { [("disposition", disposition)] }

    static func row(_ message: InMessageView) -> [String] {
        [
            "\(message.id)", message.receivedAt, message.from, message.disposition ?? message.state,
            Terminal.oneLine(message.text, 60), message.note ?? "",
        ]
    }
}

/// `gridpost messages list --out`
struct OutgoingMessages: Listing {
    static let help = MessagesCommand.List.configuration
    static let address = "/v1/messages/out"
    static let columns = ["NO", "TO", "CLASS", "STATE", "PARTS", "TEXT"]
    static let empty = "no messages"

    @Option(help: "With --out: only messages in this state.")
    var state: String?

    var filter: [(String, String?)] { [("state", state)] }

    static func row(_ message: OutMessageView) -> [String] {
        [
            "\(message.id)", message.to, message.class, message.state, "\(message.parts)",
            Terminal.oneLine(message.text, 60),
        ]
    }
}
