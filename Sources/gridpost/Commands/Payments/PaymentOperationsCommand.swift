import Admin
import ArgumentParser

/// What staff decide about payments.
extension PaymentsCommand {
    struct Held: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Payments that wait for approve or reject, with their reasons.",
            discussion: "Example: gridpost payments held")

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws { try await PaymentTable.show("held", list, client) }
    }

    struct Suspense: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Payments that nobody said the device of.", discussion: "Example: gridpost payments suspense")

        @OptionGroup var list: ListOptions
        @OptionGroup var client: ClientOptions

        func run() async throws { try await PaymentTable.show("suspense", list, client) }
    }

    struct Approve: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "approve", abstract: "A held payment is good: it goes on, and everybody is told.",
            discussion: "Example: gridpost payments approve 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The serial of the device it is for; what the payment says when not given.")
        var device: String?

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("approve", id, DeviceBody(serial: device)) }
    }

    struct Reject: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reject", abstract: "A held payment is none of ours; its payer is told.",
            discussion: "Example: gridpost payments reject 12 --reason \"forged\"")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "Why, for the record.")
        var reason: String

        @Flag(help: "Without an SMS to the payer.")
        var quiet = false

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reject", id, RejectBody(reason: reason, quiet: quiet)) }
    }

    struct Assign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "assign", abstract: "A payment in suspense is for this device.",
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
            commandName: "refund", abstract: "Records that a payment in suspense was sent back, and tells its payer.",
            discussion: "Example: gridpost payments refund 14 --reference QK7H2A")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "The provider's reference of the money that went back.")
        var reference: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("refund", id, RefundBody(reference: reference)) }
    }

    struct Reassign: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reassign",
            abstract: "A used payment was for another device: its use is taken back and it is used anew.",
            discussion: "Example: gridpost payments reassign 15 01450000029")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Argument(help: "The serial of the device.")
        var serial: String

        @Flag(help: "The token was sent: its owner owes what it is worth.")
        var charge = false

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reassign", id, MoveBody(serial: serial, charge: charge)) }
    }

    struct Reverse: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "reverse", abstract: "The provider took a payment back, and sent no notice of it.",
            discussion: "Example: gridpost payments reverse 15 --reason \"letter of 3 May\"")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Option(help: "How you know, for the record.")
        var reason: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("reverse", id, StatedReasonBody(reason: reason)) }
    }

    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resend", abstract: "Send a payment's stored token once more; never a new one.",
            discussion: "Example: gridpost payments resend 12")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/resend", id, [String: String]()) }
    }

    struct RetryToken: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "retry-token", abstract: "Ask a token's maker once more: you have looked, and none was made.",
            discussion: "Example: gridpost payments retry-token 16")

        @Argument(help: "The payment's number.")
        var id: Int64

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/retry", id, [String: String]()) }
    }

    struct SettleToken: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "settle-token",
            abstract: "Give the token that you found at its maker's; it goes to the customer.",
            discussion: "Example: gridpost payments settle-token 16 12345678901234567890")

        @Argument(help: "The payment's number.")
        var id: Int64

        @Argument(help: "The token; none where the maker has charged the device over the air.")
        var token: String?

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.order("token/settle", id, SettleBody(token: token)) }
    }
}

extension ClientOptions {
    /// Decides about a payment and shows it as it is then.
    func order(_ name: String, _ id: Int64, _ body: some Encodable) async throws {
        try await change("/v1/payments/\(id)/\(name)", body, as: PaymentView.self) { PaymentDetail.show($0) }
    }
}
