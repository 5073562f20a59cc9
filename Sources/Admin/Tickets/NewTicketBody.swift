/// What changes take. Amounts are decimal texts in the company's currency, days are `YYYY-MM-DD`.
package struct NewTicketBody: Codable, Sendable {
    package var text: String
    package var category: String?
    package var priority: String?
    package var phone: String?
    package var customerId: Int64?
    package var assigneeId: Int64?
    package var due: String?
    /// Whether the text goes out as SMS; else it is a note.
    package var send: Bool?
    package init(text: String) { self.text = text }
}
