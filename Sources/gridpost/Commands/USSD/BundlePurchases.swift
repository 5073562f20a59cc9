import Admin
import ArgumentParser

struct BundlePurchases: Listing {
    static let help = CommandConfiguration(
        commandName: "purchases", abstract: "List the bundles that were bought automatically, newest first.",
        discussion: "Example: gridpost ussd purchases")
    static let address = "/v1/airtime/purchases"
    static let columns = ["MODEM", "AT", "PRICE", "ANSWER"]
    static let empty = "no bundle was bought"

    static func row(_ purchase: BundlePurchaseView) -> [String] {
        [
            purchase.modem, purchase.at, "\(purchase.price.amount) \(purchase.price.currency)",
            Terminal.oneLine(purchase.answer, 70),
        ]
    }
}
