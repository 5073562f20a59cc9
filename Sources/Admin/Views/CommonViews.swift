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

/// A page of a list; `next` is the cursor of the page after it.
package struct PageView<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}
