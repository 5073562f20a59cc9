import Domain

package struct PersonView: Codable, Sendable {
    package var id: Int64
    package var role: String
    package var name: String
    package var phones: [String]
    package var language: String?
    package var miniGrids: [String]

    init(_ person: Person) {
        id = person.id.number
        role = person.role.rawValue
        name = person.name
        phones = person.phones.map(\.e164)
        language = person.language
        miniGrids = person.miniGrids
    }
}
