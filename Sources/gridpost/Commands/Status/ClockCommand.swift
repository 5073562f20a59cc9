import Admin
import ArgumentParser

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Confirm the machine's clock, on which tokens depend.",
        subcommands: [ChangeCommand<Accept>.self])

    struct Accept: Change {
        static let help = CommandConfiguration(
            commandName: "accept",
            abstract: "Confirm that the clock is right, after a year switched off or after it was wrong.",
            discussion: "Example: gridpost clock accept")

        var address: String { "/v1/clock/accept" }

        func show(_ answer: EmptyBody) { Terminal.say("the clock is accepted; tokens are made again") }
    }
}
