/// The body of a new ticket. `due` is a day, `YYYY-MM-DD`.
package struct NewTicketBody: Codable, Sendable {
    package var text: String
    package var category: String?
    package var priority: String?
    package var phone: String?
    package var customerId: Int64?
    package var assigneeId: Int64?
    package var due: String?
    /// If true, the text is sent by SMS; otherwise it is a note.
    package var send: Bool?
    package init(text: String) { self.text = text }
}
