import ArgumentParser

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Demonstrate a payment and its token with a simulated modem.",
        discussion:
            "Uses a temporary folder and a published test key. Exits with 0 only if the token decodes to the units paid for."
    )

    func run() async throws {
        do {
            try await Demo().run()
        } catch {
            Terminal.complain("\nthe demo failed: \(error)")
            throw ExitCode(1)
        }
    }
}
