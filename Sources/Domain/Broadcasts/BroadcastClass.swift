/// What a broadcast is for: it decides at which hours it may disturb people, and its place among other broadcasts.
package enum BroadcastClass: String, Codable, Sendable, CaseIterable {
    /// Danger: at any time, before all others.
    case safety
    /// News of the service, such as a planned outage.
    case service
    /// Advertising.
    case promo
}
