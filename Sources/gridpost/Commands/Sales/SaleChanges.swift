import Admin
import ArgumentParser

/// The changes of one sale.
extension SalesCommand {
    struct Reschedule: Change {
        static let help = CommandConfiguration(
            commandName: "reschedule", abstract: "Replace the unpaid instalments with a new plan.",
            discussion: "Example: gridpost sales reschedule 7 --each 5000 --monthly --first 2027-01-15")

        @OptionGroup var sale: SaleArgument

        @Option(help: "The new total price; at least the amount already paid.")
        var price: String?

        @OptionGroup var plan: PlanOptions

        var address: String { sale.address + "/reschedule" }

        var body: PlanBody {
            var body = PlanBody(interval: plan.interval.rawValue, firstDue: plan.first)
            body.instalments = plan.instalments
            body.instalmentAmount = plan.each
            body.price = price
            return body
        }

        func show(_ sale: SaleView) { SaleDetail.show(sale) }
    }

    struct Cancel: Change {
        static let help = CommandConfiguration(
            commandName: "cancel", abstract: "Cancel a sale: nothing more is due, payments made are kept.",
            discussion: "Example: gridpost sales cancel 7 --reason \"returned\"")

        @OptionGroup var sale: SaleArgument
        @OptionGroup var stated: StatedReason

        var address: String { sale.address + "/cancel" }
        var body: StatedReasonBody { StatedReasonBody(reason: stated.reason) }

        func show(_ sale: SaleView) { Terminal.say("sale \(sale.id) is cancelled") }
    }
}
