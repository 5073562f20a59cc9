import Admin
import ArgumentParser

/// The changes of one sale.
extension SalesCommand {
    struct Reschedule: RecordStep {
        static let help = CommandConfiguration(
            commandName: "reschedule", abstract: "Replace the unpaid instalments with a new plan.",
            discussion: "Example: gridpost sales reschedule 7 --each 5000 --monthly --first 2027-01-15")
        static let step = "reschedule"

        @OptionGroup var record: SaleArgument

        @Option(help: "The new total price; at least the amount already paid.")
        var price: String?

        @OptionGroup var plan: PlanOptions

        var body: PlanBody {
            var body = PlanBody(interval: plan.interval.rawValue, firstDue: plan.first)
            body.instalments = plan.instalments
            body.instalmentAmount = plan.each
            body.price = price
            return body
        }
    }

    struct Cancel: RecordStep {
        static let help = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel a sale: nothing more is due, payments made are kept.",
            discussion: "Example: gridpost sales cancel 7 --reason \"returned\"")
        static let step = "cancel"

        @OptionGroup var record: SaleArgument
        @OptionGroup var stated: StatedReason

        var body: StatedReasonBody { StatedReasonBody(reason: stated.reason) }

        func show(_ sale: SaleView) { Terminal.say("sale \(sale.id) is cancelled") }
    }
}
