/// One part of an outgoing message, and its state.
package struct OutboxPart: Sendable, Hashable {
    package var number: Int
    package var body: String
    package var state: PartState
    package var modem: String?
    package var sentAt: Timestamp?

    package init(number: Int, body: String, state: PartState, modem: String? = nil, sentAt: Timestamp? = nil) {
        self.number = number
        self.body = body
        self.state = state
        self.modem = modem
        self.sentAt = sentAt
    }
}
