import Store
import Domain
import Gateway

package struct SaleView: Codable, Sendable {
    package struct InstalmentView: Codable, Sendable {
        package var due: String
        package var cost: MoneyView
        package var paid: MoneyView
        package var open: MoneyView
        /// A later plan has replaced the unpaid part of this instalment.
        package var replaced: Bool
    }

    package var id: Int64
    package var customerId: Int64
    package var customer: String
    package var name: String
    package var serial: String?
    package var price: MoneyView
    package var listPrice: MoneyView?
    package var downPayment: MoneyView
    package var paid: MoneyView
    package var open: MoneyView
    package var overdue: MoneyView
    package var state: String
    package var nextDue: String?
    package var daysGranted: Int?
    /// For a debt after a reversal: the reversed payment.
    package var paymentId: Int64?
    package var soldAt: String
    package var instalments: [InstalmentView]?

    /// The views of many sales, read together.
    static func views(_ sales: [Sale], _ step: Step, today: CalendarDate, withPlan: Bool = false) throws -> [SaleView] {
        let instalments = try step.sales.instalments(ofAll: sales.map(\.id))
        let serials = try step.registry.serials(of: sales.compactMap(\.device))
        let names = try step.registry.names(of: sales.map(\.customer))
        return sales.map { sale in
            SaleView(
                sale, instalments[sale.id] ?? [], serial: sale.device.flatMap { serials[$0] },
                customer: names[sale.customer] ?? "", step.company, today: today, withPlan: withPlan)
        }
    }

    private init(
        _ sale: Sale, _ instalments: [Instalment], serial: Serial?, customer: String, _ company: Company,
        today: CalendarDate, withPlan: Bool
    ) {
        let open = instalments.map(\.outstanding).sum
        func view(_ money: Money) -> MoneyView { MoneyView(money, company.currency) }
        id = sale.id.number
        customerId = sale.customer.number
        self.customer = customer
        name = sale.name
        self.serial = serial?.text
        price = view(sale.price)
        listPrice = sale.listPrice.map(view)
        downPayment = view(sale.downPayment)
        paid = view(sale.downPayment + instalments.map(\.paid).sum)
        self.open = view(open)
        overdue = view(instalments.filter { $0.due < today }.map(\.outstanding).sum)
        state = sale.state == .cancelled ? "cancelled" : open.isPositive ? "open" : "paid"
        nextDue = instalments.first { $0.outstanding.isPositive }?.due.description
        daysGranted = sale.device == nil ? nil : sale.daysGranted
        paymentId = sale.payment?.number
        soldAt = sale.createdAt.rfc3339
        if withPlan {
            self.instalments = instalments.map {
                InstalmentView(
                    due: $0.due.description, cost: view($0.cost), paid: view($0.paid), open: view($0.outstanding),
                    replaced: $0.isReplaced)
            }
        }
    }
}
