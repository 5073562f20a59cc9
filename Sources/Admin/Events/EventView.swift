import Domain

package struct EventView: Codable, Sendable {
    package var id: Int64
    package var at: String
    package var kind: String
    /// The number of the record that the event is about, such as a payment or a ticket.
    package var subject: Int64
    package var note: String?

    init(_ event: Event) {
        id = event.id
        at = event.at.rfc3339
        kind = event.kind.rawValue
        subject = event.subject
        note = event.note
    }
}
