import Admin
import ArgumentParser

struct ClockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clock", abstract: "Confirm the machine's clock, on which tokens depend.",
        subcommands: [Accept.self])

    struct Accept: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm that the clock is right, after a year switched off or after it was wrong.",
            discussion: "Example: gridpost clock accept")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change("/v1/clock/accept", EmptyBody(), as: EmptyBody.self) { _ in
                Terminal.say("the clock is accepted; tokens are made again")
            }
        }
    }
}
