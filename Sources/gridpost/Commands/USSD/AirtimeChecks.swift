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
