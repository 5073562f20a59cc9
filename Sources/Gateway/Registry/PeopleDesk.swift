import Messages
import Domain
import Store
import StrictTOML

/// Registers, changes and retires contractors, agents and staff.
package struct PeopleDesk: Sendable {
    /// Why a person cannot be found, registered or changed.
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case nobody(PersonRole, Int64)
        /// A phone number may belong to only one person per role.
        case phoneTaken(PhoneNumber, PersonRole, PersonID)
        case noPhone
        case noMiniGrid(String, hint: String)
        case noLanguage(String, known: [String])

        package var description: String {
            switch self {
            case .nobody(let role, let number): "there is no \(role.title) \(number)"
            case .phoneTaken(let phone, let role, let other):
                "the phone \(phone.e164) already belongs to \(role.title) \(other)"
            case .noPhone: "at least one phone number is required"
            case .noMiniGrid(let name, let hint): "there is no mini-grid '\(name)'\(hint)"
            case .noLanguage(let language, let known):
                "there are no texts in '\(language)'; available: \(known.joined(separator: ", "))"
            }
        }
    }

    /// The new values of a person; `nil` leaves a field unchanged.
    package struct Change: Sendable {
        package var name: String?
        package var phones: [PhoneNumber]?
        package var language: String?
        package var miniGrids: [String]?

        package init(name: String?, phones: [PhoneNumber]?, language: String?, miniGrids: [String]?) {
            self.name = name
            self.phones = phones
            self.language = language
            self.miniGrids = miniGrids
        }
    }

    private let library: CurrentLibrary
    private let jobs: JobDesk

    package init(_ gateway: Gateway) {
        library = gateway.library
        jobs = JobDesk(gateway)
    }

    /// - Throws: `Refusal.nobody` if no active person has this number in the role, and `StoreError`.
    package func person(_ id: PersonID, _ role: PersonRole, _ step: Step) throws -> Person {
        guard let person = try step.people.person(id), person.role == role, !person.isRetired else {
            throw Refusal.nobody(role, id.number)
        }
        return person
    }

    /// Registers a person.
    /// - Throws: `Refusal` if a phone is taken or missing, or a mini-grid or language is unknown, and `StoreError`.
    package func register(_ person: Person, _ step: Step) throws -> Person {
        try check(person, step)
        let id = try step.people.insert(person, at: step.now)
        try step.announce(.registryChanged, id.number, person.role.rawValue)
        return try self.person(id, person.role, step)
    }

    /// Changes a person.
    /// - Throws: `Refusal` if the person does not exist, a phone is taken or missing, or a mini-grid or language is
    ///   unknown, and `StoreError`.
    package func change(_ id: PersonID, _ role: PersonRole, _ change: Change, _ step: Step) throws -> Person {
        var person = try person(id, role, step)
        person.name = change.name ?? person.name
        person.phones = change.phones ?? person.phones
        person.language = change.language ?? person.language
        person.miniGrids = change.miniGrids ?? person.miniGrids
        try check(person, step)
        try step.people.update(person)
        return person
    }

    /// Retires a person. Later messages from their phones are treated as a stranger's; the records are kept.
    /// - Throws: `Refusal.nobody`, `JobDesk.Refusal.hasOpenJobs` for a contractor with open jobs, and `StoreError`.
    package func retire(_ id: PersonID, _ role: PersonRole, _ step: Step) throws -> Person {
        let person = try person(id, role, step)
        if role == .contractor { try jobs.checkFree(id, step) }
        try step.people.retire(id, at: step.now)
        return person
    }

    private func check(_ person: Person, _ step: Step) throws {
        guard !person.phones.isEmpty else { throw Refusal.noPhone }
        for phone in person.phones {
            if let other = try step.people.person(person.role, phone: phone), other.id != person.id {
                throw Refusal.phoneTaken(phone, person.role, other.id)
            }
        }
        let languages = library.texts.languages
        if let language = person.language, !languages.contains(language) {
            throw Refusal.noLanguage(language, known: languages)
        }
        let known = try step.audiences.names(.miniGrid)
        for name in person.miniGrids where !known.contains(name) {
            throw Refusal.noMiniGrid(name, hint: NearestWord.hint(name, in: known))
        }
    }
}
