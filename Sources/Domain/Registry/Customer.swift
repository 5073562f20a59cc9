/// A customer of a mini-grid.
package struct Customer: Sendable, Hashable {
    package var id = CustomerID(0)
    package var name: String
    package var surname: String?
    package var language: String?
    package var cluster: String
    package var miniGrid: String
    package var village: String
    package var connectionGroup: String?
    package var connectionType: String?
    package var phones: [PhoneNumber]
    package var createdAt: Timestamp

    package init(
        name: String, surname: String?, language: String?, cluster: String, miniGrid: String, village: String,
        connectionGroup: String?, connectionType: String?, phones: [PhoneNumber], createdAt: Timestamp
    ) {
        self.name = name
        self.surname = surname
        self.language = language
        self.cluster = cluster
        self.miniGrid = miniGrid
        self.village = village
        self.connectionGroup = connectionGroup
        self.connectionType = connectionType
        self.phones = phones
        self.createdAt = createdAt
    }

    /// Name and surname, or the name alone.
    package var fullName: String { surname.map { "\(name) \($0)" } ?? name }
}
