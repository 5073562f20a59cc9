import Admin
import ArgumentParser

/// The changes of one job.
extension JobsCommand {
    struct Confirm: Change {
        static let help = CommandConfiguration(
            commandName: "confirm", abstract: "Confirm that a job was done. Its price is then owed.",
            discussion: "Example: gridpost jobs confirm 12")

        @OptionGroup var job: JobArgument

        var address: String { job.address + "/confirm" }

        func show(_ ticket: TicketView) {
            let price = ticket.job.map { "\($0.price.amount) \($0.price.currency)" } ?? ""
            Terminal.say("job #\(ticket.number) is confirmed, \(price) owed")
        }
    }

    struct Cancel: Change {
        static let help = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel a job.",
            discussion: "Example: gridpost jobs cancel 12 --reason \"Done by our own team\"")

        @OptionGroup var job: JobArgument

        @Option(help: "The reason, as sent to the contractor.")
        var reason: String?

        var address: String { job.address + "/cancel" }
        var body: ReasonBody { ReasonBody(reason: reason) }

        func show(_ ticket: TicketView) { Terminal.say("job #\(ticket.number) is cancelled") }
    }

    struct Reassign: Change {
        static let help = CommandConfiguration(
            commandName: "reassign", abstract: "Offer a job to another contractor.",
            discussion: "Example: gridpost jobs reassign 12 --contractor 2 --deadline 2026-12-05")

        @OptionGroup var job: JobArgument

        @Option(help: "The contractor, by number.")
        var contractor: Int64

        @Option(help: "A new last day: YYYY-MM-DD.")
        var deadline: String?

        var address: String { job.address + "/reassign" }
        var body: ReassignBody { ReassignBody(contractorId: contractor, deadline: deadline) }

        func show(_ ticket: TicketView) {
            Terminal.say("job #\(ticket.number) is offered to \(ticket.job?.contractor ?? "")")
        }
    }

    struct Pay: Change {
        static let help = CommandConfiguration(
            commandName: "pay", abstract: "Record that a confirmed job was paid.",
            discussion: "Example: gridpost jobs pay 12 --reference QK7H2A. The record cannot be deleted.")

        @OptionGroup var job: JobArgument

        @Option(help: "The reference of the payment, such as a transaction id or a receipt number.")
        var reference: String?

        var address: String { job.address + "/pay" }
        var body: PayBody { PayBody(reference: reference) }

        func show(_ ticket: TicketView) { Terminal.say("job #\(ticket.number) is paid") }
    }
}
