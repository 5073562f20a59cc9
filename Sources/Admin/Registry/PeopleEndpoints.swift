import Domain
import Gateway
import HTTPTypes
import Messages
import Store
import StrictTOML

/// Contractors, agents and staff.
struct PeopleEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        endpoints(.contractor, "/v1/contractors", "contractor") + endpoints(.agent, "/v1/agents", "agent")
            + endpoints(.staff, "/v1/staff", "member of staff")
    }

    private func endpoints(_ role: PersonRole, _ path: String, _ word: String) -> [Endpoint] {
        [
            .list(path, "Everybody who is a \(word), in order of their numbers.") { request in
                let (limit, after) = (try request.limit(), try request.cursor())
                let people = try await gateway.steps.read {
                    try $0.people.people(role, after: after ?? 0, limit: limit)
                }
                return PageView(
                    items: people.map(PersonView.init),
                    next: people.count == limit ? people.last.map { "\($0.id)" } : nil)
            },
            .get("\(path)/{id}", "One \(word).") { request in
                let id = PersonID(try request.number())
                return try await gateway.steps.read { PersonView(try person(id, role, word, $0)) }
            },
            .change(.post, path, "Registers a \(word).", takes: PersonBody.self, status: .created) { _, body in
                guard let name = body.name, let phones = body.phones, !phones.isEmpty else {
                    throw APIError.badRequest("'name' and at least one of 'phones' are needed")
                }
                let person = Person(
                    role: role, name: try APIRequest.text("name", name, upTo: 60),
                    language: try language(body.language),
                    phones: try phones.map { try APIRequest.phone("phones", $0, gateway.company) },
                    miniGrids: body.miniGrids ?? [])
                return { change in
                    try check(person, word, change.step)
                    let id = try change.step.people.insert(person, at: change.step.now)
                    try change.step.events.note(.registryChanged, id.number, role.rawValue, at: change.step.now)
                    return PersonView(try self.person(id, role, word, change.step))
                }
            },
            .change(.patch, "\(path)/{id}", "Changes a \(word).", takes: PersonBody.self) { request, body in
                let id = PersonID(try request.number())
                let name = try body.name.map { try APIRequest.text("name", $0, upTo: 60) }
                let phones = try body.phones?.map { try APIRequest.phone("phones", $0, gateway.company) }
                let language = try language(body.language)
                if phones?.isEmpty == true { throw APIError.badRequest("at least one phone is needed") }
                return { change in
                    var person = try self.person(id, role, word, change.step)
                    person.name = name ?? person.name
                    person.phones = phones ?? person.phones
                    person.language = language ?? person.language
                    person.miniGrids = body.miniGrids ?? person.miniGrids
                    try check(person, word, change.step)
                    try change.step.people.update(person)
                    return PersonView(person)
                }
            },
            .change(.delete, "\(path)/{id}", "Lets a \(word) go; what they did stays.", takes: EmptyBody.self) {
                request, _ in
                let id = PersonID(try request.number())
                return { change in
                    let person = try self.person(id, role, word, change.step)
                    if role == .contractor { try JobDesk(gateway).checkFree(id, change.step) }
                    try change.step.people.retire(id, at: change.step.now)
                    return PersonView(person)
                }
            },
        ]
    }

    private func person(_ id: PersonID, _ role: PersonRole, _ word: String, _ step: Step) throws -> Person {
        guard let person = try step.people.person(id), person.role == role, !person.isRetired else {
            throw APIError.notFound("\(word) \(id)")
        }
        return person
    }

    private func language(_ word: String?) throws -> String? {
        let known = gateway.library.texts.languages
        if let word, !known.contains(word) {
            throw APIError.badRequest("there are no texts in '\(word)'; there are \(known.joined(separator: ", "))")
        }
        return word
    }

    /// A phone is one person's in a role, and mini-grids are those that are there.
    private func check(_ person: Person, _ word: String, _ step: Step) throws {
        for phone in person.phones {
            if let other = try step.people.person(person.role, phone: phone), other.id != person.id {
                throw APIError.conflict("the phone \(phone.e164) is \(word) \(other.id)'s already")
            }
        }
        let known = try step.audiences.names(.miniGrid)
        for name in person.miniGrids where !known.contains(name) {
            let near = NearestWord.hint(name, in: known)
            throw APIError.badRequest("there is no mini-grid '\(name)'\(near)")
        }
    }
}
