/// The processing state of an inbound message.
package enum InboxState: String, Sendable, Codable, CaseIterable {
    case waiting, handled, failed
}
