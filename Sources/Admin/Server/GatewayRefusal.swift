import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// What the stations refuse, as the API says it.
protocol GatewayRefusal: Error {
    var kind: RefusalKind { get }
    var reasons: [String] { get }
}

extension GatewayRefusal {
    /// Several reasons are listed beside the sentence that names them all.
    var details: [String] { reasons.count > 1 ? reasons : [] }
}
