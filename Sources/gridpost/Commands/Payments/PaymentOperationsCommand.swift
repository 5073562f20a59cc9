import Admin
import ArgumentParser

/// The commands with which staff decide about payments.
extension PaymentsCommand {
    struct Held: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List payments that must be approved or rejected, with the reasons.",
            discussion: "Example: gridpost payments held")

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws { try await PaymentTable.show("held", list, client) }
    }

    struct Suspense: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List payments without an identified device.", discussion: "Example: gridpost payments suspense")

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws { try await PaymentTable.show("suspense", list, client) }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "Approve a held payment; its processing continues.",
            discussion: "Example: gridpost payments approve 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The serial of the device; default: the device that the payment names.")
        var device: String?

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("approve", id, DeviceBody(serial: device)) }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reject", abstract: "Reject a held payment and tell its payer.",
            discussion: "Example: gridpost payments reject 12 --reason \"forged\"")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The reason, for the record.")
        var reason: String

        @Flag(help: "Send no SMS to the payer.")
        var quiet = false

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reject", id, RejectBody(reason: reason, quiet: quiet)) }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "Assign a payment in suspense to a device.",
            discussion: "Example: gridpost payments assign 13 01450000011")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Argument(help: "The serial of the device.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("assign", id, AssignBody(serial: serial)) }
    }

    struct Refund: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "refund", abstract: "Record the refund of a payment in suspense, and tell its payer.",
            discussion: "Example: gridpost payments refund 14 --reference QK7H2A")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The provider's reference of the refund.")
        var reference: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("refund", id, RefundBody(reference: reference)) }
    }

    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reassign",
            abstract: "Move a used payment to another device: its allocation is undone and made again.",
            discussion: "Example: gridpost payments reassign 15 01450000029")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Argument(help: "The serial of the device.")
        var serial: String

        @Flag(help: "Required if the token was already sent: its value becomes a debt of its owner.")
        var charge = false

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reassign", id, MoveBody(serial: serial, charge: charge)) }
    }

    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reverse", abstract: "Record that the provider reversed a payment without sending a notice.",
            discussion: "Example: gridpost payments reverse 15 --reason \"letter of 3 May\"")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The reason, for the record.")
        var reason: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reverse", id, StatedReasonBody(reason: reason)) }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resend", abstract: "Send a payment's stored token again. No new token is made.",
            discussion: "Example: gridpost payments resend 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/resend", id, EmptyBody()) }
    }

    struct RetryToken: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry-token",
            abstract: "Request a token from the vendor again, after checking that the vendor made none.",
            discussion: "Example: gridpost payments retry-token 16")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/retry", id, EmptyBody()) }
    }

    struct SettleToken: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "settle-token",
            abstract: "Enter a token found at the vendor and send it to the customer.",
            discussion: "Example: gridpost payments settle-token 16 12345678901234567890")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Argument(help: "The token; omit it if the vendor charged the device over the air.")
        var token: String?

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/settle", id, SettleBody(token: token)) }
    }
}

extension ClientOptions {
    /// Sends a decision about a payment and prints the changed payment.
    func order(_ name: String, _ id: Int64, _ body: some Encodable) async throws {
        try await change("/v1/payments/\(id)/\(name)", body, as: PaymentView.self) { PaymentDetail.show($0) }
    }
}
