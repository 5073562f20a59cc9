/// A received message part, not stored yet.
package struct InboxPart: Sendable, Hashable {
    package var modem: String
    /// The originator byte for byte as the modem reported it.
    package var originator: String
    package var smsc: String
    package var sentAt: Timestamp?
    /// The concatenation reference, with its width in the bits above 16; `nil` for a message with one part.
    package var reference: Int?
    package var total: Int
    package var number: Int
    package var body: String
    package var coding: String

    package init(
        modem: String, originator: String, smsc: String, sentAt: Timestamp?, reference: Int?, total: Int,
        number: Int,
        body: String, coding: String
    ) {
        self.modem = modem
        self.originator = originator
        self.smsc = smsc
        self.sentAt = sentAt
        self.reference = reference
        self.total = total
        self.number = number
        self.body = body
        self.coding = coding
    }

    /// Identifies the part: the same part read again, after a crash between storing and deleting, has the same value.
    package var fingerprint: String {
        [
            originator, sentAt.map { String($0.milliseconds) } ?? "-", reference.map(String.init) ?? "-",
            "\(total)/\(number)",
            body,
        ].joined(separator: "\u{1F}")
    }
}
