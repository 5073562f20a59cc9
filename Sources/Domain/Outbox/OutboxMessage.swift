/// An outgoing SMS in the queue.
package struct OutboxMessage: Sendable, Hashable {
    package var id = OutboxMessageID(0)
    /// Queueing a second message with the same key does nothing.
    package var dedupeKey: String
    package var messageClass: MessageClass
    package var recipient: PhoneNumber
    package var body: String
    package var isUCS2: Bool
    package var parts: [String]
    package var state = OutboxState.queued
    package var payment: PaymentID?
    /// The token that the message delivers to a customer.
    package var token: TokenID?
    package var message: InboxMessageID?
    /// Whether it is an automatic reply to a person's text. The number of automatic replies to one phone is limited.
    package var isAutomatic = false
    /// The ticket thread entry that the message carries.
    package var entry: EntryID?
    package var broadcast: BroadcastID?
    package var attempts = 0
    package var notBefore: Timestamp
    package var expiresAt: Timestamp
    /// The concatenation reference, 0...255. It is counted per recipient, so that consecutive messages differ.
    package var reference = 0
    package var modem: String?
    package var error: String?

    package init(
        dedupeKey: String, messageClass: MessageClass, recipient: PhoneNumber, body: String, isUCS2: Bool,
        parts: [String],
        payment: PaymentID? = nil, message: InboxMessageID? = nil, now: Timestamp
    ) {
        self.dedupeKey = dedupeKey
        self.messageClass = messageClass
        self.recipient = recipient
        self.body = body
        self.isUCS2 = isUCS2
        self.parts = parts
        self.payment = payment
        self.message = message
        notBefore = now
        expiresAt = now.adding(messageClass.lifetime)
    }
}
