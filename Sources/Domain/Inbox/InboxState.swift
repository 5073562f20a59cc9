/// Where an inbound message stands.
package enum InboxState: String, Sendable, Codable, CaseIterable {
    case waiting, handled, failed
}
