import Domain
import Foundation
import Gateway

/// Tries a work item that may crash the program in a separate process: see `RehearseCommand`.
struct RehearsalProcess: Rehearsing {
    /// Includes the time in which the process reads the configuration and the library.
    private static let timeout = Duration.seconds(60)

    let configurationFile: String

    func passes(_ item: WorkItem) async -> Bool {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe")
        process.arguments = [
            "rehearse", "--config", configurationFile, "--queue", item.queue.rawValue, "--item", item.item,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let (ended, end) = AsyncStream.makeStream(of: Bool.self)
        process.terminationHandler = { process in
            end.yield(process.terminationReason == .exit)
            end.finish()
        }
        do {
            try process.run()
        } catch {
            // If no process can be started, that says nothing about the work item.
            return true
        }
        let pid = process.processIdentifier
        let deadline = Task {
            try await Task.sleep(for: Self.timeout)
            kill(pid, SIGKILL)
        }
        defer { deadline.cancel() }
        for await passes in ended { return passes }
        return true
    }
}
