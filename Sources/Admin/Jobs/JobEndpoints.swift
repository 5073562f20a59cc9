import HTTPTypes
import Domain
import Gateway
import Store

/// Endpoints for maintenance jobs and payouts to contractors.
struct JobEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] { reading + changing }

    private var reading: [Endpoint] {
        [
            .list(
                "/v1/jobs", "Jobs, newest first.",
                query: [
                    .init(name: "status", meaning: "only those of this status", schema: .words(of: JobStatus.self)),
                    .init(name: "contractor", meaning: "a contractor's number", schema: .number),
                    .init(name: "paid", meaning: "true or false", schema: .boolean),
                ]
            ) { try await list($0) },
            .get("/v1/jobs/{id}", "One job with its thread.") { request in
                let id = TicketID(try request.number())
                return try await gateway.steps.read { try view(id, $0) }
            },
            .get(
                "/v1/reports/payouts", "Amounts owed and paid to contractors, by the month of confirmation.",
                query: [
                    .init(
                        name: "month", meaning: "a month such as 2026-11; the current month if omitted",
                        schema: .ruled(.month))
                ]
            ) { try await payouts($0) },
        ]
    }

    private var changing: [Endpoint] {
        let desk = JobDesk(gateway)
        return [
            .change(.post, "/v1/jobs", "Offers a job to a contractor by SMS.", takes: NewJobBody.self, status: .created)
            {
                _, body in try offer(body, desk)
            },
            .change(
                .post, "/v1/jobs/{id}/confirm", "Confirms that a job was done. Its price is then owed.",
                takes: EmptyBody.self
            ) { request, _ in
                let id = TicketID(try request.number())
                return { change in
                    try desk.confirm(id, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/jobs/{id}/cancel", "Cancels a job.", takes: ReasonBody.self) { request, body in
                let id = TicketID(try request.number())
                let reason = try body.reason.map { try APIRequest.text("reason", $0, upTo: 300) }
                return { change in
                    try desk.cancel(id, reason: reason, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/jobs/{id}/reassign", "Offers a job to another contractor.", takes: ReassignBody.self) {
                request, body in
                let id = TicketID(try request.number())
                let deadline = try body.deadline.map { try APIRequest.date("deadline", $0) }
                return { change in
                    try desk.reassign(
                        id, to: PersonID(body.contractorId), deadline: deadline, by: change.peer.name,
                        change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/jobs/{id}/pay", "Records that a confirmed job was paid.", takes: PayBody.self) {
                request, body in
                let id = TicketID(try request.number())
                let reference = try body.reference.map { try APIRequest.line("reference", $0, upTo: 60) }
                return { change in
                    try desk.pay(
                        id, reference: reference, by: change.peer.name, uid: change.peer.uid, change.step)
                    return try view(id, change.step)
                }
            },
        ]
    }

    private func view(_ id: TicketID, _ step: Step) throws -> TicketView {
        guard let ticket = try step.tickets.ticket(id), try step.jobs.job(of: id) != nil else {
            throw JobDesk.Refusal.noJob(id.number)
        }
        return try TicketView(ticket, withThread: step)
    }

    private func list(_ request: APIRequest) async throws -> PageView<JobView> {
        let (limit, before) = (try request.limit(), try request.cursor())
        var filter = JobFilter()
        filter.status = try request.choice("status", JobStatus.self)
        filter.isPaid = try request.flag("paid")
        if let word = request.query("contractor") {
            guard let number = Int64(word) else {
                throw APIError.badRequest("'contractor' must be a number, not '\(word)'")
            }
            filter.contractor = PersonID(number)
        }
        let wanted = filter
        return try await gateway.steps.read { step in
            let page = try PageRows(limit, cursor: { "\($0.ticket)" }) {
                try step.jobs.jobs(wanted, before: before, limit: $0)
            }
            let names = try step.people.names(of: page.rows.map(\.contractor))
            return PageView(
                items: page.rows.map { JobView($0, contractor: names[$0.contractor] ?? "", step.company) },
                next: page.next)
        }
    }

    private func offer(_ body: NewJobBody, _ desk: JobDesk) throws -> Changes.Work<TicketView> {
        let currency = gateway.company.currency
        var order = JobDesk.Order(
            contractor: PersonID(body.contractorId),
            category: body.category ?? TicketCategory.maintenance.rawValue,
            task: try APIRequest.text("task", body.task, upTo: 600),
            price: try body.price.map { try APIRequest.money("price", $0, currency) } ?? .zero)
        order.place = try body.place.map { try APIRequest.text("place", $0, upTo: 120) }
        order.deadline = try body.deadline.map { try APIRequest.date("deadline", $0) }
        if let word = body.priority { order.priority = try APIRequest.choice("priority", word, TicketPriority.self) }
        let wanted = order
        return { change in
            guard let category = try change.step.tickets.category(named: wanted.category), category.isOutsourced
            else {
                let outsourced = try change.step.tickets.categories().filter(\.isOutsourced).map(\.name)
                throw APIError.badRequest(
                    "'\(wanted.category)' is not an outsourced category; known: \(outsourced.joined(separator: ", "))")
            }
            let id = try desk.offer(wanted, by: change.peer.name, change.step)
            return try view(id, change.step)
        }
    }

    private func payouts(_ request: APIRequest) async throws -> PayoutsView {
        let company = gateway.company
        let today = company.calendar.today(at: gateway.clock.now)
        let month = request.query("month") ?? String(today.description.prefix(7))
        guard let first = CalendarDate(month + "-01") else {
            throw APIError.badRequest("'month' must be a month such as 2026-11, not '\(month)'")
        }
        let next = first.adding(days: CalendarDate.days(in: first.month, of: first.year))
        let lines = try await gateway.steps.read {
            try $0.jobs.payouts(
                from: company.calendar.start(of: first), to: company.calendar.start(of: next))
        }
        func sum(_ isPaid: Bool) -> MoneyView {
            MoneyView(lines.filter { ($0.paidAt != nil) == isPaid }.map(\.job.price).sum, company.currency)
        }
        return PayoutsView(
            month: month,
            lines: lines.map {
                .init(
                    number: $0.job.ticket.number, contractorId: $0.job.contractor.number, contractor: $0.contractor,
                    phone: $0.phone?.e164, task: $0.job.task, amount: MoneyView($0.job.price, company.currency),
                    confirmedAt: $0.job.confirmedAt?.rfc3339 ?? "", paid: $0.paidAt != nil,
                    paidAt: $0.paidAt?.rfc3339, reference: $0.reference)
            }, owed: sum(false), paid: sum(true))
    }
}
