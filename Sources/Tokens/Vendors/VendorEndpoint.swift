import Foundation

/// Where a maker's service is, and how it is spoken to: one request, one bounded answer, no redirects.
package struct VendorEndpoint: Sendable {
    /// Longer answers are none of a token's.
    private static let longestAnswer = 256 * 1_024

    package let url: String
    package let timeout: TimeInterval
    private let exchange: any VendorExchange

    /// `nil` unless the address is https; http is for this machine alone.
    package init?(url: String, timeout: TimeInterval, exchange: any VendorExchange) {
        guard Self.isSafe(url) else { return nil }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.timeout = timeout
        self.exchange = exchange
    }

    package static func isSafe(_ text: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.query == nil else {
            return false
        }
        return url.scheme == "https" || (url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host))
    }

    /// Posts to `address`. What is thrown says whether the order can have been carried out; so does the status, which is
    /// the caller's to judge where it is one of success or of the client's error.
    func post(
        _ address: String, _ body: Data, type: String, headers: [String: String] = [:]
    ) async throws(VendorFailure) -> VendorAnswer {
        let answer = try await exchange.run(
            VendorRequest(
                address: address, type: type, headers: headers, body: body, timeout: timeout,
                longestAnswer: Self.longestAnswer))
        switch answer.status {
        case 408, 502, 504: throw .unknown("the service answered \(answer.status): nobody knows what it did")
        case 429, 503: throw .notReached("the service is busy (\(answer.status))")
        case 500...: throw .failed("the service failed (\(answer.status))")
        case 300..<400: throw .refused("the service points elsewhere (\(answer.status)); is the address right?")
        default: return answer
        }
    }
}
