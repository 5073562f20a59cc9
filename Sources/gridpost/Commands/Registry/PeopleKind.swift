/// The role of the people that a command manages.
protocol PeopleKind: Sendable {
    /// The command's name and the last part of the API path.
    static var name: String { get }
    static var meaning: String { get }
}

enum Contractors: PeopleKind {
    static let name = "contractors"
    static let meaning = "Manage contractors, who do jobs."
}

enum Staff: PeopleKind {
    static let name = "staff"
    static let meaning = "Manage staff, who get alerts and give orders by SMS."
}

enum Agents: PeopleKind {
    static let name = "agents"
    static let meaning = "Manage agents, who sell."
}
