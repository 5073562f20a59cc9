/// Where an inbound message stands.
package enum InboxState: String, Sendable, Codable {
    case waiting, handled, failed
}
