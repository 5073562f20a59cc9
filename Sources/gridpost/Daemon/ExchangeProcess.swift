import Dispatch
import Foundation
import Tokens

/// Asks makers' services by a process of its own for each request: an answer that stops or confuses the HTTP client, which
/// is not ours, ends that process, and its order is in doubt. See `ExchangeCommand`.
struct ExchangeProcess: VendorExchange {
    /// Beyond the request's own time, for the process to start and to say what became of it.
    private static let grace = 5.0
    /// What a pipe holds without a reader.
    private static let longestRequest = 60_000

    func run(_ request: VendorRequest) async throws(VendorFailure) -> VendorAnswer {
        guard let order = try? JSONEncoder().encode(request), order.count <= Self.longestRequest else {
            throw .refused("the order is too long")
        }
        let (input, output) = (Pipe(), Pipe())
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe")
        process.arguments = ["exchange"]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try input.fileHandleForWriting.write(contentsOf: order)
            try input.fileHandleForWriting.close()
            try process.run()
        } catch {
            throw .notReached("no process can be started to ask the service")
        }
        let pid = process.processIdentifier
        let timeout = Duration.seconds(request.timeout + Self.grace)
        let deadline = Task {
            try await Task.sleep(for: timeout)
            kill(pid, SIGKILL)
        }
        defer { deadline.cancel() }
        // Octets become letters in JSON.
        let longest = request.longestAnswer * 2 + 4_096
        let said = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    let said = Self.read(output.fileHandleForReading, atMost: longest)
                    kill(pid, SIGKILL)
                    process.waitUntilExit()
                    continuation.resume(returning: said)
                }
            }
        } onCancel: {
            kill(pid, SIGKILL)
        }
        switch try? JSONDecoder().decode(ExchangeReply.self, from: said) {
        case .answer(let answer): return answer
        case .failure(let failure): throw failure
        case nil: throw .unknown("the service's answer cannot be read")
        }
    }

    /// What a process says until it ends, or until it has said too much.
    private static func read(_ handle: FileHandle, atMost limit: Int) -> Data {
        var said = Data()
        while said.count < limit, let more = try? handle.read(upToCount: limit - said.count), !more.isEmpty {
            said += more
        }
        return said
    }
}
