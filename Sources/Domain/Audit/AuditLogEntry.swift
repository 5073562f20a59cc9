/// One entry of the audit log: an action, its time and the id of the user who took it.
package struct AuditLogEntry: Sendable, Hashable {
    package var id: Int64
    package var at: Timestamp
    package var uid: UInt32?
    package var action: String
    package var detail: String

    package init(id: Int64, at: Timestamp, uid: UInt32? = nil, action: String, detail: String) {
        self.id = id
        self.at = at
        self.uid = uid
        self.action = action
        self.detail = detail
    }
}
