import Admin
import ArgumentParser

struct AirtimeChecks: Listing {
    static let help = CommandConfiguration(
        commandName: "airtime", abstract: "List what the networks said about the SIMs' airtime, newest first.",
        discussion: "Example: gridpost ussd airtime. The SIMs are asked as [modems.airtime] says.")
    static let address = "/v1/airtime"
    static let columns = ["MODEM", "AT", "BALANCE", "SMS", "TEXT"]
    static let empty = "no network was asked yet; see [modems.airtime] in the example configuration"

    static func row(_ check: AirtimeCheckView) -> [String] {
        [
            check.modem, check.at, check.balance.map { "\($0.amount) \($0.currency)" } ?? "-",
            check.sms.map(String.init) ?? "-",
            Terminal.oneLine(check.failure.map { Terminal.styled($0, .yellow) } ?? check.text, 70),
        ]
    }
}

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
