import Foundation
import NIOHTTP1

/// An error of the gateway with which the API refuses a request.
protocol GatewayRefusal: Error {
    var kind: RefusalKind { get }
    var reasons: [String] { get }
}

extension GatewayRefusal {
    /// The reasons one by one, if there are several; the error's message joins them.
    var details: [String] { reasons.count > 1 ? reasons : [] }
}
