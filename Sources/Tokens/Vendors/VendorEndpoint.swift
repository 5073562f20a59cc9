import Foundation

/// The address of a vendor's service: one request, one response of limited length, no redirects.
package struct VendorEndpoint: Sendable {
    /// The maximum length of a response in bytes.
    private static let longestAnswer = 256 * 1_024

    package let url: String
    package let timeout: TimeInterval
    private let exchange: any VendorExchange

    /// Returns `nil` unless the address is https, or http on this machine.
    package init?(url: String, timeout: TimeInterval, exchange: any VendorExchange) {
        guard Self.isSafe(url) else { return nil }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.timeout = timeout
        self.exchange = exchange
    }

    /// Whether the address is https, or http on this machine, without a query.
    package static func isSafe(_ text: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.query == nil else {
            return false
        }
        return url.scheme == "https" || (url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host))
    }

    /// Posts to `address` and returns responses with 2xx status and most 4xx. The thrown failure says whether the order
    /// may have been carried out; the caller must judge the returned status.
    func post(
        _ address: String, _ body: Data, type: String, headers: [String: String] = [:]
    ) async throws(VendorFailure) -> VendorAnswer {
        let answer = try await exchange.run(
            VendorRequest(
                address: address, type: type, headers: headers, body: body, timeout: timeout,
                longestAnswer: Self.longestAnswer))
        switch answer.status {
        case 408, 502, 504: throw .unknown("the service responded \(answer.status); the order's result is unknown")
        case 429, 503: throw .notReached("the service is busy (\(answer.status))")
        case 500...: throw .failed("the service reported a failure (\(answer.status))")
        case 300..<400: throw .refused("the service redirects (\(answer.status)); check the configured address")
        default: return answer
        }
    }
}
