import Admin
import ArgumentParser

/// The decisions of staff about one payment.
extension PaymentsCommand {
    struct Approve: RecordStep {
        static let help = CommandConfiguration(
            commandName: "approve", abstract: "Approve a held payment; its processing continues.",
            discussion: "Example: gridpost payments approve 12")
        static let step = "approve"

        @OptionGroup var record: PaymentArgument

        @Option(help: "The serial of the device; default: the device that the payment names.")
        var device: String?

        var body: DeviceBody { DeviceBody(serial: device) }
    }

    struct Reject: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reject", abstract: "Reject a held payment and tell its payer.",
            discussion: "Example: gridpost payments reject 12 --reason \"forged\"")
        static let step = "reject"

        @OptionGroup var record: PaymentArgument
        @OptionGroup var stated: StatedReason

        @Flag(help: "Send no SMS to the payer.")
        var quiet = false

        var body: RejectBody { RejectBody(reason: stated.reason, quiet: quiet) }
    }

    struct Assign: RecordStep {
        static let help = CommandConfiguration(
            commandName: "assign", abstract: "Assign a payment in suspense to a device.",
            discussion: "Example: gridpost payments assign 13 01450000011")
        static let step = "assign"

        @OptionGroup var record: PaymentArgument
        @OptionGroup var device: DeviceArgument

        var body: AssignBody { AssignBody(serial: device.serial) }
    }

    struct Refund: RecordStep {
        static let help = CommandConfiguration(
            commandName: "refund", abstract: "Record the refund of a payment in suspense, and tell its payer.",
            discussion: "Example: gridpost payments refund 14 --reference QK7H2A")
        static let step = "refund"

        @OptionGroup var record: PaymentArgument

        @Option(help: "The provider's reference of the refund.")
        var reference: String

        var body: RefundBody { RefundBody(reference: reference) }
    }

    struct Reassign: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reassign",
            abstract: "Move a used payment to another device: its allocation is undone and made again.",
            discussion: "Example: gridpost payments reassign 15 01450000029")
        static let step = "reassign"

        @OptionGroup var record: PaymentArgument
        @OptionGroup var device: DeviceArgument

        @Flag(help: "Required if the token was already sent: its value becomes a debt of its owner.")
        var charge = false

        var body: MoveBody { MoveBody(serial: device.serial, charge: charge) }
    }

    struct Reverse: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reverse", abstract: "Record that the provider reversed a payment without sending a notice.",
            discussion: "Example: gridpost payments reverse 15 --reason \"letter of 3 May\"")
        static let step = "reverse"

        @OptionGroup var record: PaymentArgument
        @OptionGroup var stated: StatedReason

        var body: StatedReasonBody { StatedReasonBody(reason: stated.reason) }
    }
}
