/// One entry of the audit log. `uid` is absent if the user is unknown.
package struct AuditLogEntryView: Codable, Sendable {
    package var id: Int64
    package var at: String
    package var uid: Int64?
    package var action: String
    package var detail: String
}
