import Admin
import ArgumentParser

/// The decisions of staff about a payment's token.
extension PaymentsCommand {
    struct Resend: RecordStep {
        static let help = CommandConfiguration(
            commandName: "resend", abstract: "Send a payment's stored token again. No new token is made.",
            discussion: "Example: gridpost payments resend 12")
        static let step = "token/resend"

        @OptionGroup var record: PaymentArgument
    }

    struct RetryToken: RecordStep {
        static let help = CommandConfiguration(
            commandName: "retry-token",
            abstract: "Request a token from the vendor again, after checking that the vendor made none.",
            discussion: "Example: gridpost payments retry-token 16")
        static let step = "token/retry"

        @OptionGroup var record: PaymentArgument
    }

    struct SettleToken: RecordStep {
        static let help = CommandConfiguration(
            commandName: "settle-token",
            abstract: "Enter a token found at the vendor and send it to the customer.",
            discussion: "Example: gridpost payments settle-token 16 12345678901234567890")
        static let step = "token/settle"

        @OptionGroup var record: PaymentArgument

        @Argument(help: "The token; omit it if the vendor charged the device over the air.")
        var token: String?

        var body: SettleBody { SettleBody(token: token) }
    }
}
