import Dispatch
import Foundation

/// A process that is started for one answer and killed at a deadline. What crashes or hangs in it harms nobody else.
struct ShortProcess {
    struct NotStarted: Error {}

    let program: String
    let arguments: [String]

    /// Gives the process its input and returns what it prints, at most `longest` bytes. The input must fit into a pipe.
    /// - Throws: `NotStarted`.
    func run(input: Data = Data(), timeout: Duration, longest: Int) async throws(NotStarted) -> Data {
        let (given, said) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = given
        process.standardOutput = said
        process.standardError = FileHandle.nullDevice
        do {
            try given.fileHandleForWriting.write(contentsOf: input)
            try given.fileHandleForWriting.close()
            try process.run()
        } catch {
            throw NotStarted()
        }
        let pid = process.processIdentifier
        let deadline = Task {
            try await Task.sleep(for: timeout)
            kill(pid, SIGKILL)
        }
        defer { deadline.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    let output = Self.read(said.fileHandleForReading, atMost: longest)
                    kill(pid, SIGKILL)
                    process.waitUntilExit()
                    continuation.resume(returning: output)
                }
            }
        } onCancel: {
            kill(pid, SIGKILL)
        }
    }

    /// Reads the output of a process until it ends or until `limit` bytes are read.
    private static func read(_ handle: FileHandle, atMost limit: Int) -> Data {
        var output = Data()
        while output.count < limit, let more = try? handle.read(upToCount: limit - output.count), !more.isEmpty {
            output += more
        }
        return output
    }
}
