import Domain
import Store

/// One of the two.
package struct ServiceBody: Codable, Sendable {
    package var pricePerDay: String?
    /// The service is over; what was paid stays.
    package var end: Bool?
    package init(pricePerDay: String?, end: Bool?) {
        self.pricePerDay = pricePerDay
        self.end = end
    }
}
