/// The people whom the company knows by phone, beside its customers.
package enum PersonRole: String, Codable, Sendable, CaseIterable {
    case contractor, agent, staff
}
