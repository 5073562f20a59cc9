import HTTPTypes
import Store
import Domain
import Gateway

/// Endpoints for contractors, agents and staff.
struct PeopleEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        endpoints(.contractor, "/v1/contractors") + endpoints(.agent, "/v1/agents") + endpoints(.staff, "/v1/staff")
    }

    private func endpoints(_ role: PersonRole, _ path: String) -> [Endpoint] {
        let (desk, word) = (PeopleDesk(gateway), role.title)
        return [
            .list(path, "Every \(word), ordered by number.") { request in
                let (limit, after) = (try request.limit(), try request.cursor())
                return try await gateway.steps.read { step in
                    let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                        try step.people.people(role, after: after ?? 0, limit: $0)
                    }
                    return PageView(items: page.rows.map(PersonView.init), next: page.next)
                }
            },
            .get("\(path)/{id}", "One \(word).") { request in
                let id = PersonID(try request.number())
                return try await gateway.steps.read { PersonView(try desk.person(id, role, $0)) }
            },
            .change(.post, path, "Registers a new \(word).", takes: PersonBody.self, status: .created) { _, body in
                let change = try read(body)
                guard let name = change.name, let phones = change.phones, !phones.isEmpty else {
                    throw APIError.badRequest("'name' and at least one number in 'phones' are required")
                }
                let person = Person(
                    role: role, name: name, language: change.language, phones: phones,
                    miniGrids: change.miniGrids ?? [])
                return { PersonView(try desk.register(person, $0.step)) }
            },
            .change(.patch, "\(path)/{id}", "Changes one \(word).", takes: PersonBody.self) { request, body in
                let (id, change) = (PersonID(try request.number()), try read(body))
                return { PersonView(try desk.change(id, role, change, $0.step)) }
            },
            .change(.delete, "\(path)/{id}", "Removes one \(word); their history is kept.", takes: EmptyBody.self) {
                request, _ in
                let id = PersonID(try request.number())
                return { PersonView(try desk.retire(id, role, $0.step)) }
            },
        ]
    }

    private func read(_ body: PersonBody) throws -> PeopleDesk.Change {
        PeopleDesk.Change(
            name: try body.name.map { try APIRequest.text("name", $0, upTo: 60) },
            phones: try body.phones?.map { try APIRequest.phone("phones", $0, gateway.company) },
            language: body.language, miniGrids: body.miniGrids)
    }
}
