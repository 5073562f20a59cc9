package struct CategoryBody: Codable, Sendable {
    package var name: String
    package var colour: String
    package var outsourced: Bool?
    package init(name: String, colour: String, outsourced: Bool?) {
        self.name = name
        self.colour = colour
        self.outsourced = outsourced
    }
}
