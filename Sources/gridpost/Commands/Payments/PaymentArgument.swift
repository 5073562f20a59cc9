import Admin
import ArgumentParser

struct PaymentArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one payment with its allocations, token and messages.",
        discussion: "Example: gridpost payments show 12")

    @Argument(help: "The payment's number.")
    var number: Int64

    var address: String { "/v1/payments/\(number)" }

    static func show(_ payment: PaymentView) { PaymentDetail.show(payment) }
}
