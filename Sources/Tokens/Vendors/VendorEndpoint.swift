import Dispatch
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Where a maker's service is, and how it is spoken to: one request, one bounded answer, no redirects.
package struct VendorEndpoint: Sendable {
    /// Longer answers are none of a token's.
    private static let longestAnswer = 256 * 1_024

    package let url: String
    package let timeout: TimeInterval

    /// `nil` unless the address is https; http is for this machine alone.
    package init?(url: String, timeout: TimeInterval) {
        guard Self.isSafe(url) else { return nil }
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
        self.timeout = timeout
    }

    package static func isSafe(_ text: String) -> Bool {
        guard let url = URLComponents(string: text), let host = url.host, !host.isEmpty, url.query == nil else {
            return false
        }
        return url.scheme == "https" || (url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(host))
    }

    struct Answer: Sendable {
        let status: Int
        let body: Data

        /// The fields of a JSON object.
        var fields: [String: Any]? { try? JSONSerialization.jsonObject(with: body) as? [String: Any] }
    }

    /// Posts to `address`. What is thrown says whether the order can have been carried out; so does the status, which is
    /// the caller's to judge where it is one of success or of the client's error.
    func post(
        _ address: String, _ body: Data, type: String, headers: [String: String] = [:]
    ) async throws(VendorFailure) -> Answer {
        guard let url = URL(string: address) else { throw .refused("'\(address)' is no address") }
        var request = URLRequest(url: url, timeoutInterval: timeout)
        request.httpMethod = "POST"
        request.httpBody = body
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let answer: Answer
        do {
            answer = try await Exchange(limit: Self.longestAnswer).run(request)
        } catch let error as URLError {
            throw Self.failure(error)
        } catch {
            throw .unknown("the connection broke off")
        }
        switch answer.status {
        case 408, 502, 504: throw .unknown("the service answered \(answer.status): nobody knows what it did")
        case 429, 503: throw .notReached("the service is busy (\(answer.status))")
        case 500...: throw .failed("the service failed (\(answer.status))")
        case 300..<400: throw .refused("the service points elsewhere (\(answer.status)); is the address right?")
        default: return answer
        }
    }

    /// Before a connection stands nothing was asked; after it, nobody knows.
    private static func failure(_ error: URLError) -> VendorFailure {
        switch error.code {
        case .cannotConnectToHost: .notReached("the service cannot be reached")
        case .cannotFindHost, .dnsLookupFailed: .notReached("the service's name is not found")
        case .notConnectedToInternet: .notReached("there is no internet")
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            .notReached("no secure connection can be made")
        case .timedOut, .cancelled: .unknown("the service did not answer in time")
        default: .unknown("the connection broke off")
        }
    }
}

/// One request of URLSession, whose answer is cut off where it grows too long.
///
/// `@unchecked Sendable`: each object serves one request. `continuation` is set before the task is started; from then on
/// all that changes is read and written by the session's delegate queue alone, which runs one operation at a time.
private final class Exchange: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let limit: Int
    private var received = Data()
    private var status = 0
    private var continuation: CheckedContinuation<VendorEndpoint.Answer, any Error>?

    init(limit: Int) { self.limit = limit }

    func run(_ request: URLRequest) async throws -> VendorEndpoint.Answer {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpShouldSetCookies = false
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = request.timeoutInterval
        configuration.timeoutIntervalForResource = request.timeoutInterval
        let queue = OperationQueue()
        queue.maxConcurrentOperationCount = 1
        let session = URLSession(configuration: configuration, delegate: self, delegateQueue: queue)
        defer { session.finishTasksAndInvalidate() }
        return try await withCheckedThrowingContinuation { continuation in
            self.continuation = continuation
            let task = session.dataTask(with: request)
            // The session's own time-outs begin anew with each byte.
            DispatchQueue.global().asyncAfter(deadline: .now() + request.timeoutInterval) { task.cancel() }
            task.resume()
        }
    }

    func urlSession(
        _ session: URLSession, dataTask: URLSessionDataTask, didReceive response: URLResponse,
        completionHandler: @escaping (URLSession.ResponseDisposition) -> Void
    ) {
        status = (response as? HTTPURLResponse)?.statusCode ?? 0
        completionHandler(response.expectedContentLength > Int64(limit) ? .cancel : .allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard received.count + data.count <= limit else { return dataTask.cancel() }
        received.append(data)
    }

    /// Secrets go to the address that was configured, and to no other.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if status == 0, let response = task.response as? HTTPURLResponse { status = response.statusCode }
        if let error {
            continuation?.resume(throwing: error)
        } else {
            continuation?.resume(returning: VendorEndpoint.Answer(status: status, body: received))
        }
        continuation = nil
    }
}
