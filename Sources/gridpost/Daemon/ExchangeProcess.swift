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
        let process = ShortProcess(program: "/proc/self/exe", arguments: ["exchange"])
        let said: Data
        do {
            // The answer's body is Base64 in JSON, which is longer.
            said = try await process.run(
                input: order, timeout: .seconds(request.timeout + Self.grace),
                longest: request.longestAnswer * 2 + 4_096)
        } catch {
            throw .notReached("cannot start a process for the request")
        }
        switch try? JSONDecoder().decode(ExchangeReply.self, from: said) {
        case .answer(let answer): return answer
        case .failure(let failure): throw failure
        case nil: throw .unknown("the service's answer cannot be read")
        }
    }
}
