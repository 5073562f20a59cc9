import Admin
import ArgumentParser

/// The changes of one job.
extension JobsCommand {
    struct Confirm: RecordStep {
        static let help = CommandConfiguration(
            commandName: "confirm", abstract: "Confirm that a job was done. Its price is then owed.",
            discussion: "Example: gridpost jobs confirm 12")
        static let step = "confirm"

        @OptionGroup var record: JobArgument

        func show(_ ticket: TicketView) {
            let price = ticket.job.map { "\($0.price.amount) \($0.price.currency)" } ?? ""
            Terminal.say("job #\(ticket.number) is confirmed, \(price) owed")
        }
    }

    struct Cancel: RecordStep {
        static let help = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel a job.",
            discussion: "Example: gridpost jobs cancel 12 --reason \"Done by our own team\"")
        static let step = "cancel"

        @OptionGroup var record: JobArgument

        @Option(help: "The reason, as sent to the contractor.")
        var reason: String?

        var body: ReasonBody { ReasonBody(reason: reason) }

        func show(_ ticket: TicketView) { Terminal.say("job #\(ticket.number) is cancelled") }
    }

    struct Reassign: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reassign", abstract: "Offer a job to another contractor.",
            discussion: "Example: gridpost jobs reassign 12 --contractor 2 --deadline 2026-12-05")
        static let step = "reassign"

        @OptionGroup var record: JobArgument

        @Option(help: "The contractor, by number.")
        var contractor: Int64

        @Option(help: "A new last day: YYYY-MM-DD.")
        var deadline: String?

        var body: ReassignBody { ReassignBody(contractorId: contractor, deadline: deadline) }

        func show(_ ticket: TicketView) {
            Terminal.say("job #\(ticket.number) is offered to \(ticket.job?.contractor ?? "")")
        }
    }

    struct Pay: RecordStep {
        static let help = CommandConfiguration(
            commandName: "pay", abstract: "Record that a confirmed job was paid.",
            discussion: "Example: gridpost jobs pay 12 --reference QK7H2A. The record cannot be deleted.")
        static let step = "pay"

        @OptionGroup var record: JobArgument

        @Option(help: "The reference of the payment, such as a transaction id or a receipt number.")
        var reference: String?

        var body: PayBody { PayBody(reference: reference) }

        func show(_ ticket: TicketView) { Terminal.say("job #\(ticket.number) is paid") }
    }
}
