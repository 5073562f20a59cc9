import Domain
import Gateway

/// A bundle of SMS that the gateway bought by itself.
package struct BundlePurchaseView: Codable, Sendable {
    package var modem: String
    package var at: String
    package var price: MoneyView
    package var answer: String

    init(_ purchase: BundlePurchase, _ company: Company) {
        modem = purchase.modem
        at = purchase.at.rfc3339
        price = MoneyView(purchase.price, company.currency)
        answer = purchase.answer
    }
}
