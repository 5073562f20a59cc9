/// The author of a thread entry.
package enum ThreadAuthor: String, Codable, Sendable, CaseIterable {
    case customer, contractor, staff, system
}
