import Admin
import ArgumentParser
import Domain

/// A list of payments; they differ in the states that they show.
protocol PaymentListing: Listing where Item == PaymentView {}

extension PaymentListing {
    static var address: String { "/v1/payments" }
    static var columns: [String] {
        ["NO", "RECEIVED", "PROVIDER", "TRANSACTION", "AMOUNT", "DEVICE", "STATE", "NOTE"]
    }
    static var empty: String { "no payments" }

    static func row(_ payment: PaymentView) -> [String] {
        [
            "\(payment.id)", payment.receivedAt, payment.provider, payment.txnId,
            "\(payment.amount.amount) \(payment.amount.currency)",
            payment.serial ?? payment.reference.map { "(\(Terminal.oneLine($0, 20)))" } ?? "-", payment.state,
            Terminal.oneLine(payment.note ?? payment.reasons.first ?? "", 60),
        ]
    }
}

/// `gridpost payments list`
struct PaymentList: PaymentListing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List payments, newest first.",
        discussion: "Example: gridpost payments list --state held")

    @Option(help: "Only payments in this state: \(PaymentState.allCases.map(\.rawValue).joined(separator: ", ")).")
    var state: String?

    var filter: [(String, String?)] { [("state", state)] }
}

/// `gridpost payments held`
struct HeldPayments: PaymentListing {
    static let help = CommandConfiguration(
        commandName: "held", abstract: "List payments that must be approved or rejected, with the reasons.",
        discussion: "Example: gridpost payments held")

    var filter: [(String, String?)] { [("state", PaymentState.held.rawValue)] }
}

/// `gridpost payments suspense`
struct SuspensePayments: PaymentListing {
    static let help = CommandConfiguration(
        commandName: "suspense", abstract: "List payments without an identified device.",
        discussion: "Example: gridpost payments suspense")

    var filter: [(String, String?)] { [("state", PaymentState.suspense.rawValue)] }
}
