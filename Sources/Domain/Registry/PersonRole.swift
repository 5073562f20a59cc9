/// The role of a person who is known to the company by phone and is not a customer.
package enum PersonRole: String, Codable, Sendable, CaseIterable {
    case contractor, agent, staff

    /// The role's name in a sentence.
    package var title: String { self == .staff ? "member of staff" : rawValue }
}
