/// Give exactly one of the two fields.
package struct ServiceBody: Codable, Sendable {
    package var pricePerDay: String?
    /// If true, the service ends; payments made are kept.
    package var end: Bool?
    package init(pricePerDay: String?, end: Bool?) {
        self.pricePerDay = pricePerDay
        self.end = end
    }
}
