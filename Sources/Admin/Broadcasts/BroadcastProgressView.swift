/// The progress of a running broadcast. It is sent to listeners of the event stream and not stored.
package struct BroadcastProgressView: Codable, Sendable, Hashable {
    package var id: Int64
    package var state: String
    package var counts: BroadcastCountsView
}
