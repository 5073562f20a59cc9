import Domain
import Gateway
import Store

/// How far a running broadcast is; told to listeners, not kept.
package struct BroadcastProgressView: Codable, Sendable, Hashable {
    package var id: Int64
    package var state: String
    package var counts: BroadcastCountsView
}
