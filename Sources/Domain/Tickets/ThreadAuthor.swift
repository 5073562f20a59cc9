/// Who wrote an entry of a thread.
package enum ThreadAuthor: String, Codable, Sendable, CaseIterable {
    case customer, contractor, staff, system
}
