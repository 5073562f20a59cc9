import Domain
import Foundation

/// An amount of money: an exact decimal string and its currency code.
package struct MoneyView: Codable, Sendable, Hashable {
    package var amount: String
    package var currency: String

    init(_ money: Money, _ currency: Currency) {
        amount = money.decimal(in: currency)
        self.currency = currency.code
    }
}
