import Admin
import ArgumentParser

struct SaleArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one sale with its instalments.",
        discussion: "Example: gridpost sales show 7")

    @Argument(help: "The sale's number.")
    var number: Int64

    var address: String { "/v1/sales/\(number)" }

    static func show(_ sale: SaleView) { SaleDetail.show(sale) }
}
