import Domain

package struct CategoryView: Codable, Sendable {
    package var name: String
    package var colour: String
    package var outsourced: Bool

    init(_ category: Category) {
        name = category.name
        colour = category.colour
        outsourced = category.isOutsourced
    }
}
