import HTTPTypes
import Domain
import Gateway
import Store
import StrictTOML

/// Endpoints for tickets, their threads and their categories.
struct TicketEndpoints: Sendable {
    let gateway: Gateway
    private var changes: TicketChanges { TicketChanges(gateway) }

    var all: [Endpoint] { reading + changing + categories }

    private var reading: [Endpoint] {
        [
            .list(
                "/v1/tickets", "Tickets, newest first.",
                query: [
                    .init(name: "status", meaning: "only those of this status", schema: .words(of: TicketStatus.self)),
                    .init(name: "category", meaning: "a category's name"),
                    .init(name: "assignee", meaning: "the number of a member of staff", schema: .number),
                    .init(name: "customer", meaning: "a customer's number", schema: .number),
                    .init(name: "phone", meaning: "a phone of the conversation"),
                    .init(name: "mini_grid", meaning: "a mini-grid's name"),
                ]
            ) { try await list($0) },
            .get("/v1/tickets/{id}", "One ticket with its thread.") { request in
                let id = TicketID(try request.number())
                return try await gateway.steps.read { try view(id, $0) }
            },
        ]
    }

    private var changing: [Endpoint] {
        let desk = TicketDesk(gateway)
        return [
            .change(.post, "/v1/tickets", "Opens a ticket.", takes: NewTicketBody.self, status: .created) { _, body in
                try open(body)
            },
            .change(
                .patch, "/v1/tickets/{id}", "Changes the category, priority, assignee or due date of a ticket.",
                takes: TicketChangeBody.self
            ) { request, body in try change(TicketID(try request.number()), body) },
            .change(
                .post, "/v1/tickets/{id}/replies", "Sends a reply by SMS.", takes: TextBody.self,
                status: .created
            ) { request, body in
                let id = TicketID(try request.number())
                let text = try APIRequest.text("text", body.text)
                return { change in
                    try desk.reply(to: id, text, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/tickets/{id}/notes", "Adds an internal note.", takes: TextBody.self, status: .created) {
                request, body in
                let id = TicketID(try request.number())
                let text = try APIRequest.text("text", body.text)
                return { change in
                    try desk.note(text, on: id, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/tickets/{id}/close", "Closes a ticket.", takes: CloseBody.self) { request, body in
                let id = TicketID(try request.number())
                let reason = try body.reason.map { try APIRequest.text("reason", $0, upTo: 300) }
                return { change in
                    try desk.close(
                        id, reason: reason, tells: body.quiet != true, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
            .change(.post, "/v1/tickets/{id}/reopen", "Reopens a closed ticket.", takes: EmptyBody.self) {
                request, _ in
                let id = TicketID(try request.number())
                return { change in
                    try desk.reopen(id, by: change.peer.name, change.step)
                    return try view(id, change.step)
                }
            },
        ]
    }

    private var categories: [Endpoint] {
        [
            .get("/v1/categories", "The categories of tickets.") { _ in
                PageView(
                    items: try await gateway.steps.read { try $0.tickets.categories().map(CategoryView.init) },
                    next: nil)
            },
            .change(.post, "/v1/categories", "Adds a category.", takes: CategoryBody.self, status: .created) {
                _, body in
                let name = try APIRequest.text("name", body.name, upTo: 40)
                let category = Category(
                    name: name, colour: try APIRequest.choice("colour", body.colour, CategoryColour.self).rawValue,
                    isOutsourced: body.outsourced ?? false)
                return { change in
                    try TicketDesk(gateway).add(category, change.step)
                    return CategoryView(category)
                }
            },
        ]
    }

    private func view(_ id: TicketID, _ step: Step) throws -> TicketView {
        guard let ticket = try step.tickets.ticket(id) else { throw TicketDesk.Refusal.noTicket(id.number) }
        return try TicketView(ticket, withThread: step)
    }

    private func list(_ request: APIRequest) async throws -> PageView<TicketView> {
        let (limit, before) = (try request.limit(), try request.cursor())
        var filter = TicketFilter()
        filter.status = try request.choice("status", TicketStatus.self)
        filter.category = request.query("category")
        filter.assignee = try request.query("assignee").map { PersonID(try Self.number("assignee", $0)) }
        filter.customer = try request.query("customer").map { CustomerID(try Self.number("customer", $0)) }
        filter.phone = try request.query("phone").map { try APIRequest.phone("phone", $0, gateway.company) }
        filter.miniGrid = request.query("mini_grid")
        let wanted = filter
        return try await gateway.steps.read { step in
            // An unknown name is refused: an empty list would hide the typo.
            if let name = wanted.category { _ = try changes.category(name, step) }
            if let name = wanted.miniGrid { try check(miniGrid: name, step) }
            let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                try step.tickets.tickets(wanted, before: before, limit: $0)
            }
            let names = try TicketNames(page.rows, step)
            return PageView(items: page.rows.map { TicketView($0, names, step.company) }, next: page.next)
        }
    }

    private static func number(_ name: String, _ word: String) throws -> Int64 {
        guard let number = Int64(word) else { throw APIError.badRequest("'\(name)' must be a number, not '\(word)'") }
        return number
    }

    private func open(_ body: NewTicketBody) throws -> Changes.Work<TicketView> {
        var opening = TicketChanges.Opening(
            text: try APIRequest.text("text", body.text),
            phone: try body.phone.map { try APIRequest.phone("phone", $0, gateway.company) }, tells: body.send ?? false)
        opening.category = body.category
        opening.priority = try body.priority.map { try APIRequest.choice("priority", $0, TicketPriority.self) }
        opening.customer = body.customerId
        opening.assignee = body.assigneeId
        opening.due = try body.due.map { try APIRequest.date("due", $0) }
        let wanted = opening
        return { change in
            try view(try changes.open(wanted, by: change.peer.name, change.step), change.step)
        }
    }

    private func change(_ id: TicketID, _ body: TicketChangeBody) throws -> Changes.Work<TicketView> {
        let wanted = TicketChanges.Change(
            category: body.category,
            priority: try body.priority.map { try APIRequest.choice("priority", $0, TicketPriority.self) },
            assignee: body.assigneeId, due: try body.due.map { try APIRequest.date("due", $0) })
        return { change in
            try changes.apply(wanted, to: id, by: change.peer.name, change.step)
            return try view(id, change.step)
        }
    }

    private func check(miniGrid name: String, _ step: Step) throws {
        let known = try step.audiences.names(.miniGrid)
        guard !known.contains(name) else { return }
        let near = NearestWord.hint(name, in: known)
        throw APIError.badRequest("there is no mini-grid '\(name)'\(near)")
    }
}
