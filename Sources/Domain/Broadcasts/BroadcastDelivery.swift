/// The message of a broadcast to one phone, and its state.
package struct BroadcastDelivery: Sendable, Hashable {
    package var message: Int64
    package var phone: String
    package var state: OutboxState
    package var error: String?
    package var updatedAt: Timestamp

    package init(message: Int64, phone: String, state: OutboxState, error: String? = nil, updatedAt: Timestamp) {
        self.message = message
        self.phone = phone
        self.state = state
        self.error = error
        self.updatedAt = updatedAt
    }
}
