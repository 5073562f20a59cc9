import Admin
import ArgumentParser

/// A step in the life of one broadcast.
protocol BroadcastStep: RecordStep where Record == BroadcastArgument, Answer == BroadcastView {}

extension BroadcastStep {
    func show(_ broadcast: BroadcastView) { Terminal.say("broadcast \(broadcast.id) is \(broadcast.state)") }
}

extension BroadcastCommand {
    struct Pause: BroadcastStep {
        static let help = CommandConfiguration(
            commandName: "pause", abstract: "Pause sending.", discussion: "Example: gridpost broadcast pause 3")
        static let step = "pause"

        @OptionGroup var record: BroadcastArgument
    }

    struct Resume: BroadcastStep {
        static let help = CommandConfiguration(
            commandName: "resume", abstract: "Resume sending.", discussion: "Example: gridpost broadcast resume 3")
        static let step = "resume"

        @OptionGroup var record: BroadcastArgument
    }

    struct Cancel: BroadcastStep {
        static let help = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel the messages that are not sent yet.",
            discussion: "Example: gridpost broadcast cancel 3")
        static let step = "cancel"

        @OptionGroup var record: BroadcastArgument
    }
}
