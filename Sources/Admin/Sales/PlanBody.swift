/// A payment plan. Give either `instalments` (their number) or `instalment_amount` (the amount of each).
package struct PlanBody: Codable, Sendable {
    package var instalments: Int?
    package var instalmentAmount: String?
    /// `weekly` or `monthly`.
    package var interval: String
    package var firstDue: String
    /// The new total price of the sale; unchanged if absent.
    package var price: String?
    package init(interval: String, firstDue: String) {
        self.interval = interval
        self.firstDue = firstDue
    }
}
