import Domain
import Foundation
import Gateway
import Store

/// Money for machines: an exact decimal with its currency.
package struct MoneyView: Codable, Sendable, Hashable {
    package var amount: String
    package var currency: String

    init(_ money: Money, _ currency: Currency) {
        amount = money.decimal(in: currency)
        self.currency = currency.code
    }
}
