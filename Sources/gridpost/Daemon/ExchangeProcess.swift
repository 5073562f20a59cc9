import Dispatch
import Foundation
import Tokens

/// Sends each request to a vendor's service from a separate process. If an answer crashes the third-party HTTP client,
/// only that process ends, and the order is in doubt. See `ExchangeCommand`.
struct ExchangeProcess: VendorExchange {
    /// Seconds added to the request's timeout, for the process to start and to report the result.
    private static let grace = 5.0
    /// Bytes that a pipe can hold before the process reads from it.
    private static let longestRequest = 60_000

    func run(_ request: VendorRequest) async throws(VendorFailure) -> VendorAnswer {
        guard let order = try? JSONEncoder().encode(request), order.count <= Self.longestRequest else {
            throw .refused("the request is too long")
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
            throw .notReached("cannot start a process for the request")
        }
        let pid = process.processIdentifier
        let timeout = Duration.seconds(request.timeout + Self.grace)
        let deadline = Task {
            try await Task.sleep(for: timeout)
            kill(pid, SIGKILL)
        }
        defer { deadline.cancel() }
        // The answer's body is Base64 in JSON, which is longer.
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

    /// Reads the output of a process until it ends or until `limit` bytes are read.
    private static func read(_ handle: FileHandle, atMost limit: Int) -> Data {
        var said = Data()
        while said.count < limit, let more = try? handle.read(upToCount: limit - said.count), !more.isEmpty {
            said += more
        }
        return said
    }
}
