/// A contractor, an agent or a member of staff.
package struct Person: Sendable, Hashable {
    package var id = PersonID(0)
    package var role: PersonRole
    package var name: String
    package var language: String?
    package var phones: [PhoneNumber]
    /// Names of the mini-grids that the person works for; empty means all.
    package var miniGrids: [String]
    package var isRetired = false

    package init(role: PersonRole, name: String, language: String?, phones: [PhoneNumber], miniGrids: [String]) {
        self.role = role
        self.name = name
        self.language = language
        self.phones = phones
        self.miniGrids = miniGrids
    }
}
