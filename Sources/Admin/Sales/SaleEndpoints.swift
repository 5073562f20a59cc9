import HTTPTypes
import Domain
import Gateway
import Store
import StrictTOML

/// Endpoints for the catalogue of appliances and for sales on instalments.
struct SaleEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] { appliances + sales }

    // MARK: The catalogue

    private var appliances: [Endpoint] {
        [
            .get("/v1/appliances", "The catalogue of appliances, ordered by name.") { _ in
                let all = try await gateway.steps.read { try $0.appliances.all() }
                return PageView(items: all.map { ApplianceView($0, gateway.company.currency) }, next: nil)
            },
            .change(
                .post, "/v1/appliances", "Adds an appliance.", takes: ApplianceBody.self, status: .created
            ) { _, body in
                guard let name = body.name, let price = body.price else {
                    throw APIError.badRequest("'name' and 'price' are required")
                }
                let appliance = try change(
                    Appliance(name: name, price: .zero, remindBefore: nil, remindAfter: nil), body, price: price)
                return { change in
                    try refuseName(appliance, change.step)
                    var kept = appliance
                    kept.id = try change.step.appliances.insert(appliance, at: change.step.now)
                    return ApplianceView(kept, gateway.company.currency)
                }
            },
            .change(
                .patch, "/v1/appliances/{id}",
                "Changes an appliance: its price for future sales, its reminders for all sales.",
                takes: ApplianceBody.self
            ) { request, body in
                let id = ApplianceID(try request.number())
                return { change in
                    guard let known = try change.step.appliances.appliance(id) else {
                        throw APIError.notFound("appliance \(id)")
                    }
                    let appliance = try self.change(known, body, price: body.price)
                    try refuseName(appliance, change.step)
                    try change.step.appliances.update(appliance)
                    return ApplianceView(appliance, gateway.company.currency)
                }
            },
        ]
    }

    private func change(_ appliance: Appliance, _ body: ApplianceBody, price: String?) throws -> Appliance {
        var appliance = appliance
        if let name = body.name { appliance.name = try APIRequest.line("name", name, upTo: 60) }
        if let price {
            appliance.price = try APIRequest.money("price", price, gateway.company.currency)
            guard appliance.price.isPositive else { throw APIError.badRequest("'price' must be more than 0") }
        }
        if let days = body.remindBeforeDays {
            appliance.remindBefore = try APIRequest.whole("remind_before_days", days, 0...60)
        }
        if let days = body.remindAfterDays {
            appliance.remindAfter = try APIRequest.whole("remind_after_days", days, 1...60)
        }
        return appliance
    }

    private func refuseName(_ appliance: Appliance, _ step: Step) throws {
        if let other = try step.appliances.appliance(named: appliance.name), other.id != appliance.id {
            throw APIError.conflict("there is already an appliance '\(appliance.name)'")
        }
    }

    // MARK: Sales

    private var sales: [Endpoint] {
        let desk = SalesDesk(gateway)
        return [
            .list(
                "/v1/sales", "Sales, newest first.",
                query: [
                    .init(name: "customer", meaning: "a customer's number", schema: .number),
                    .init(name: "state", meaning: "only those of this state", schema: .words(of: Sale.State.self)),
                ]
            ) { try await list($0) },
            .get("/v1/sales/{id}", "One sale with its instalments.") { request in
                let id = SaleID(try request.number())
                return try await gateway.steps.read { try view(id, $0) }
            },
            .change(.post, "/v1/sales", "Creates a sale on instalments.", takes: NewSaleBody.self, status: .created) {
                _, body in
                try sell(body, desk)
            },
            .change(
                .post, "/v1/sales/{id}/reschedule", "Replaces the unpaid instalments with a new plan.",
                takes: PlanBody.self
            ) { request, body in
                let id = SaleID(try request.number())
                let terms = try terms(body.instalments, body.instalmentAmount, body.interval, body.firstDue)
                let price = try body.price.map { try APIRequest.money("price", $0, gateway.company.currency) }
                return { change in
                    try change.requireClock()
                    try desk.reschedule(id, terms, price: price, change.step)
                    return try view(id, change.step)
                }
            },
            .change(
                .post, "/v1/sales/{id}/cancel", "Cancels a sale: nothing more is due, payments made are kept.",
                takes: StatedReasonBody.self
            ) { request, body in
                let id = SaleID(try request.number())
                _ = try APIRequest.line("reason", body.reason, upTo: 300)
                return { change in
                    try desk.cancel(id, change.step)
                    return try view(id, change.step)
                }
            },
        ]
    }

    private func view(_ id: SaleID, _ step: Step) throws -> SaleView {
        guard let sale = try step.sales.sale(id) else { throw SalesDesk.Refusal.noSale(id) }
        return try SaleView.views([sale], step, today: today, withPlan: true)[0]
    }

    private var today: CalendarDate { gateway.company.calendar.today(at: gateway.clock.now) }

    private func list(_ request: APIRequest) async throws -> PageView<SaleView> {
        let (limit, before) = (try request.limit(), try request.cursor())
        let state = try request.choice("state", Sale.State.self)
        let customer = try request.query("customer").map { word -> CustomerID in
            guard let number = Int64(word) else {
                throw APIError.badRequest("'customer' must be a number, not '\(word)'")
            }
            return CustomerID(number)
        }
        let today = today
        return try await gateway.steps.read { step in
            let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                try step.sales.sales(before: before, customer: customer, state: state, limit: $0)
            }
            return PageView(items: try SaleView.views(page.rows, step, today: today), next: page.next)
        }
    }

    private func sell(_ body: NewSaleBody, _ desk: SalesDesk) throws -> Changes.Work<SaleView> {
        let currency = gateway.company.currency
        let terms = try terms(body.instalments, body.instalmentAmount, body.interval, body.firstDue)
        let price = try body.price.map { try APIRequest.money("price", $0, currency) }
        let downPayment = try body.downPayment.map { try APIRequest.money("down_payment", $0, currency) } ?? .zero
        let serial = try body.serial.map { try APIRequest.serial($0) }
        return { change in
            try change.requireClock()
            let step = change.step
            guard let appliance = try step.appliances.appliance(named: body.appliance) else {
                let near = NearestWord.hint(body.appliance, in: try step.appliances.all().map(\.name))
                throw APIError.badRequest("there is no appliance '\(body.appliance)'\(near)")
            }
            var order = SalesDesk.Order(
                customer: CustomerID(body.customerId), appliance: appliance, terms: terms)
            order.price = price
            order.downPayment = downPayment
            order.device = try serial.map { serial in
                guard let device = try step.registry.device(serial: serial) else {
                    throw PaymentOperations.Refusal.noDevice(serial.text)
                }
                return device
            }
            return try view(try desk.sell(order, step), step)
        }
    }

    private func terms(_ count: Int?, _ amount: String?, _ interval: String, _ firstDue: String) throws -> PlanTerms {
        let interval = try APIRequest.choice("interval", interval, PlanTerms.Interval.self)
        let first = try APIRequest.date("first_due", firstDue)
        switch (count, amount) {
        case (let count?, nil): return PlanTerms(.count(count), interval, from: first)
        case (nil, let amount?):
            return PlanTerms(
                .amount(try APIRequest.money("instalment_amount", amount, gateway.company.currency)), interval,
                from: first)
        default: throw APIError.badRequest("give either 'instalments' or 'instalment_amount'")
        }
    }
}
