/// The purpose of a broadcast. It decides the sending hours and the priority among broadcasts.
package enum BroadcastClass: String, Codable, Sendable, CaseIterable {
    /// Danger: sent at any hour, before all other broadcasts.
    case safety
    /// Information about the service, such as a planned outage.
    case service
    /// Advertising.
    case promo
}
