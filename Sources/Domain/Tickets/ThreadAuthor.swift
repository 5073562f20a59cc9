/// Who wrote an entry of a thread.
package enum ThreadAuthor: String, Codable, Sendable {
    case customer, contractor, staff, system
}
