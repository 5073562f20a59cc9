import Dispatch
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// An exchange with URLSession in this process. Some responses that are not valid HTTP make URLSession terminate its
/// process, so the daemon runs it in another process.
package struct URLSessionExchange: VendorExchange {
    package init() {}

    /// - Throws: `VendorFailure`, which says whether the order may have been carried out.
    package func run(_ wanted: VendorRequest) async throws(VendorFailure) -> VendorAnswer {
        guard let url = URL(string: wanted.address) else {
            throw .refused("'\(wanted.address)' is not a valid address")
        }
        var request = URLRequest(url: url, timeoutInterval: wanted.timeout)
        request.httpMethod = "POST"
        request.httpBody = wanted.body
        request.setValue(wanted.type, forHTTPHeaderField: "Content-Type")
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        for (name, value) in wanted.headers { request.setValue(value, forHTTPHeaderField: name) }
        do {
            return try await Exchange(limit: wanted.longestAnswer).run(request)
        } catch let error as URLError {
            throw Self.failure(error)
        } catch {
            throw .unknown("the connection broke off")
        }
    }

    /// An order was not carried out if no connection was made; otherwise its result is unknown.
    private static func failure(_ error: URLError) -> VendorFailure {
        switch error.code {
        case .cannotConnectToHost: .notReached("the service cannot be reached")
        case .cannotFindHost, .dnsLookupFailed: .notReached("the service's host name cannot be resolved")
        case .notConnectedToInternet: .notReached("there is no internet connection")
        case .secureConnectionFailed, .serverCertificateUntrusted, .serverCertificateHasBadDate,
            .serverCertificateHasUnknownRoot, .serverCertificateNotYetValid:
            .notReached("a secure connection cannot be established")
        case .timedOut, .cancelled: .unknown("the service timed out")
        default: .unknown("the connection broke off")
        }
    }
}

/// One URLSession request whose response is cancelled if it becomes too long.
///
/// `@unchecked Sendable`: each object serves one request. `continuation` is set before the task starts; afterwards the
/// state is accessed only on the session's delegate queue, which runs one operation at a time.
private final class Exchange: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private let limit: Int
    private var received = Data()
    private var status = 0
    private var continuation: CheckedContinuation<VendorAnswer, any Error>?

    init(limit: Int) { self.limit = limit }

    func run(_ request: URLRequest) async throws -> VendorAnswer {
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
            // The session's own timeouts restart with each byte.
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

    /// Does not follow redirects: secrets are sent only to the configured address.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping (URLRequest?) -> Void
    ) { completionHandler(nil) }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        if status == 0, let response = task.response as? HTTPURLResponse { status = response.statusCode }
        if let error {
            continuation?.resume(throwing: error)
        } else {
            continuation?.resume(returning: VendorAnswer(status: status, body: received))
        }
        continuation = nil
    }
}
