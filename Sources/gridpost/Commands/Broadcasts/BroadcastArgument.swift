import Admin
import ArgumentParser

struct BroadcastArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one broadcast with its message counts.",
        discussion: "Example: gridpost broadcast show 3")

    @Argument(help: "The broadcast's number.")
    var number: Int64

    var address: String { "/v1/broadcasts/\(number)" }

    static func show(_ broadcast: BroadcastView) { BroadcastDetail.show(broadcast) }
}
