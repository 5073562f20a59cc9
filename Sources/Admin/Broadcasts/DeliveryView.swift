import Domain

package struct DeliveryView: Codable, Sendable {
    package var messageId: Int64
    package var phone: String
    /// `delivered`, `sent`, `failed`, `unknown`, `not_sent`; while the broadcast runs, also `queued` or `sending`.
    package var state: String
    package var error: String?
    package var at: String

    init(_ delivery: BroadcastDelivery) {
        messageId = delivery.message
        phone = delivery.phone
        state = delivery.state == .cancelled || delivery.state == .expired ? "not_sent" : delivery.state.rawValue
        error = delivery.error
        at = delivery.updatedAt.rfc3339
    }
}
