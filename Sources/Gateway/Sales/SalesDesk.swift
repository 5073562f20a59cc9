import Messages
import Domain
import Store

/// Sells on instalments, changes payment plans and cancels sales. Each change is booked in the same step.
package struct SalesDesk: Sendable {
    package struct Order: Sendable {
        package var customer: CustomerID
        package var appliance: Appliance
        /// The device that the payment plan is for.
        package var device: Device?
        /// The price; `nil` for the list price.
        package var price: Money?
        package var downPayment = Money.zero
        package var terms: PlanTerms

        package init(customer: CustomerID, appliance: Appliance, terms: PlanTerms) {
            self.customer = customer
            self.appliance = appliance
            self.terms = terms
        }
    }

    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noSale(SaleID)
        case noCustomer(CustomerID)
        case noAppliance(String)
        case priceNotPositive
        case downPaymentTooLarge
        case plan(PlanTerms.Fault)
        case isMeter(Serial)
        case otherOwner(Serial)
        case hasPlan(Serial, SaleID)
        case isService(Serial)
        case cancelled(SaleID)
        case paidOff(SaleID)
        case belowPaid(String)
        case firstTooEarly
        case firstTooLate

        package var description: String {
            switch self {
            case .noSale(let id): "there is no sale \(id)"
            case .noCustomer(let id): "there is no customer \(id)"
            case .noAppliance(let name): "there is no appliance '\(name)'"
            case .priceNotPositive: "the price must be more than 0"
            case .downPaymentTooLarge: "the down payment must be less than the price"
            case .plan(let fault): "\(fault)"
            case .isMeter(let serial): "\(serial.text) is a meter; meters are not sold on instalments"
            case .otherOwner(let serial): "\(serial.text) belongs to another customer"
            case .hasPlan(let serial, let id): "\(serial.text) already has a payment plan: sale \(id)"
            case .isService(let serial): "\(serial.text) is paid for by the day; end that first"
            case .cancelled(let id): "sale \(id) was cancelled"
            case .paidOff(let id): "sale \(id) is paid off"
            case .belowPaid(let paid): "\(paid) is already paid; the price must be more than that"
            case .firstTooEarly: "the first instalment is due before 2000-01-01"
            case .firstTooLate: "the first instalment is due more than five years from now"
            }
        }
    }

    private let company: Company
    private let notifier: Notifier

    package init(_ gateway: Gateway) {
        company = gateway.company
        notifier = Notifier(gateway)
    }

    // MARK: Selling

    /// Makes a sale and books it.
    /// - Throws: `Refusal` if the order is not valid, and `StoreError`.
    package func sell(_ order: Order, _ step: Step) throws -> SaleID {
        let (sale, instalments) = try check(order, step)
        let id = try step.sales.insert(sale, instalments)
        try step.ledger.book(
            "sale \(id)",
            [
                Posting(.instalments(sale.customer), sale.price - sale.downPayment), Posting(.cash, sale.downPayment),
                Posting(.applianceSales(sale.customer), .zero - sale.price),
            ], payment: nil, at: step.now)
        try step.announce(.saleChanged, id.number, "sold")
        return id
    }

    /// Checks an order and returns its sale and instalments.
    func check(_ order: Order, _ step: Step) throws -> (
        Sale, [(due: CalendarDate, cost: Money)]
    ) {
        guard try step.registry.customer(order.customer) != nil else { throw Refusal.noCustomer(order.customer) }
        let price = order.price ?? order.appliance.price
        guard price.isPositive else { throw Refusal.priceNotPositive }
        guard order.downPayment < price, order.downPayment >= .zero else { throw Refusal.downPaymentTooLarge }
        if let device = order.device { try checkDevice(device, order.customer, step) }
        let sale = Sale(
            customer: order.customer, device: order.device?.id, appliance: order.appliance.id,
            name: order.appliance.name, price: price, listPrice: order.appliance.price,
            downPayment: order.downPayment, at: step.now)
        return (sale, try instalments(of: price - order.downPayment, order.terms, step.now))
    }

    private func checkDevice(_ device: Device, _ customer: CustomerID, _ step: Step) throws {
        guard device.kind != .meter else { throw Refusal.isMeter(device.serial) }
        guard device.customer == customer else { throw Refusal.otherOwner(device.serial) }
        if try step.services.plan(of: device.id) != nil { throw Refusal.isService(device.serial) }
        if let plan = try step.sales.plan(of: device.id), try step.sales.outstanding(of: plan.id).isPositive {
            throw Refusal.hasPlan(device.serial, plan.id)
        }
    }

    private func instalments(of rest: Money, _ terms: PlanTerms, _ now: Timestamp) throws -> [(
        due: CalendarDate, cost: Money
    )] {
        let today = company.calendar.today(at: now)
        guard terms.first.year >= 2000 else { throw Refusal.firstTooEarly }
        guard terms.first <= today.adding(days: 5 * 366) else { throw Refusal.firstTooLate }
        do {
            return try terms.instalments(of: rest)
        } catch {
            throw Refusal.plan(error)
        }
    }

    // MARK: Changing a plan

    /// Divides the outstanding amount into new instalments, at a new price if given. The price must exceed what is
    /// paid.
    /// - Throws: `Refusal` if the sale is not open or is paid off, or the terms or price are not valid, and
    ///   `StoreError`.
    package func reschedule(
        _ id: SaleID, _ terms: PlanTerms, price: Money?, _ step: Step
    ) throws {
        let sale = try openSale(id, step)
        let open = try step.sales.outstanding(of: id)
        guard open.isPositive else { throw Refusal.paidOff(id) }
        let paid = sale.price - open
        let newPrice = price ?? sale.price
        guard newPrice > paid else { throw Refusal.belowPaid(step.company.text(paid)) }
        let instalments = try self.instalments(of: newPrice - paid, terms, step.now)
        let plan = try step.sales.currentPlan(of: id)
        for instalment in plan { try step.reminders.withdraw(instalment.id, at: step.now) }
        try step.sales.replacePlan(
            of: sale, price: newPrice, daysEarned: sale.daysEarnedBefore + InstalmentPlan.entitlement(plan),
            with: instalments)
        let difference = newPrice - sale.price
        try step.ledger.book(
            "price of sale \(id) changed",
            [
                Posting(.instalments(sale.customer), difference),
                Posting(.applianceSales(sale.customer), .zero - difference),
            ], payment: nil, at: step.now)
        try step.announce(.saleChanged, id.number, "rescheduled")
    }

    /// Cancels a sale. Nothing more is owed, payments are kept, and the device has no payment plan any more.
    /// - Throws: `Refusal` if the sale does not exist, is cancelled or is paid off, and `StoreError`.
    package func cancel(_ id: SaleID, _ step: Step) throws {
        let sale = try openSale(id, step)
        let open = try step.sales.outstanding(of: id)
        guard open.isPositive else { throw Refusal.paidOff(id) }
        for instalment in try step.sales.currentPlan(of: id) {
            try step.reminders.withdraw(instalment.id, at: step.now)
        }
        try step.sales.cancel(id, at: step.now)
        try step.ledger.book(
            "sale \(id) cancelled",
            [Posting(.instalments(sale.customer), .zero - open), Posting(.applianceSales(sale.customer), open)],
            payment: nil, at: step.now)
        try step.announce(.saleChanged, id.number, "cancelled")
        guard let phone = try step.registry.customer(sale.customer)?.phones.first else { return }
        let text = try notifier.text(.saleCancelled, notifier.languages(of: phone, step), ["name": sale.name])
        try notifier.send(text, .answer, to: phone, key: "sale/\(id)/cancelled", step)
    }

    private func openSale(_ id: SaleID, _ step: Step) throws -> Sale {
        guard let sale = try step.sales.sale(id) else { throw Refusal.noSale(id) }
        guard sale.state == .open else { throw Refusal.cancelled(id) }
        return sale
    }
}
