/// A category of tickets.
package struct Category: Sendable, Hashable {
    package var name: String
    package var colour: String
    /// Whether its tickets are jobs for contractors.
    package var isOutsourced: Bool

    package init(name: String, colour: String, isOutsourced: Bool) {
        self.name = name
        self.colour = colour
        self.isOutsourced = isOutsourced
    }
}
