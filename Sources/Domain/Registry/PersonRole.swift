/// The people whom the company knows by phone, beside its customers.
package enum PersonRole: String, Codable, Sendable, CaseIterable {
    case contractor, agent, staff

    /// As it stands in a sentence.
    package var title: String { self == .staff ? "member of staff" : rawValue }
}
