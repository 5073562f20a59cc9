import ArgumentParser
import CLinux
import Logging

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run the daemon.",
        discussion: """
            Example: gridpost run --config /etc/gridpost/gateway.toml
            SIGTERM stops it within 10 seconds; SIGHUP reloads templates and formats.
            """)

    @Option(help: "The configuration file.")
    var config: String

    @Flag(help: "Begin a new, empty database although there was one before.")
    var new = false

    func run() async throws {
        // Before the keys are read.
        guard gridpost_forbid_dumps() == 0 else {
            Terminal.complain("gridpost: cannot protect its memory from other processes")
            throw ExitCode(1)
        }
        let logger = Logger(label: "gridpost") { _ in JournalLog() }
        do {
            try await Daemon(
                try Installation(configurationFile: config, proving: false), beginsAnew: new, logger: logger
            ).run()
        } catch {
            Terminal.complain("gridpost: cannot run:\n\(error)")
            Terminal.complain("Run 'gridpost check --config \(config)' to check the whole installation.")
            throw ExitCode(1)
        }
    }
}
