import Domain
import Gateway

/// What a network said about the airtime of a modem's SIM.
package struct AirtimeCheckView: Codable, Sendable {
    package var modem: String
    package var at: String
    package var balance: MoneyView?
    /// The SMS left in a bundle.
    package var sms: Int?
    package var text: String
    package var failure: String?

    init(_ check: AirtimeCheck, _ company: Company) {
        modem = check.modem
        at = check.at.rfc3339
        balance = check.balance.map { MoneyView($0, company.currency) }
        sms = check.sms
        text = check.text
        failure = check.failure
    }
}
