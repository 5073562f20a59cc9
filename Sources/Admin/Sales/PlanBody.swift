import Domain
import Gateway
import Store

/// A plan: `instalments` says how many, `instalment_amount` how much each; one of the two.
package struct PlanBody: Codable, Sendable {
    package var instalments: Int?
    package var instalmentAmount: String?
    /// weekly or monthly
    package var interval: String
    package var firstDue: String
    /// The sale's whole price; what it was when absent.
    package var price: String?
    package init(interval: String, firstDue: String) {
        self.interval = interval
        self.firstDue = firstDue
    }
}
