/// An inbound message with all its parts joined.
package struct InboxMessage: Sendable {
    package var id: InboxMessageID
    package var modem: String
    package var originator: String
    package var smsc: String
    package var sentAt: Timestamp?
    package var body: String
    /// Whether the body is octets of unknown alphabet, written as hexadecimal digits.
    package var isBinary: Bool
    /// Whether the parts cannot be trusted as one message: some were missing at the timeout, are ambiguous or came by
    /// different SMSCs or modems.
    package var isIncomplete: Bool
    package var receivedAt: Timestamp
    package var handledAt: Timestamp?
    package var state: InboxState
    package var disposition: Disposition?
    package var provider: String?
    package var format: String?
    package var note: String?

    package init(
        id: InboxMessageID, modem: String, originator: String, smsc: String, sentAt: Timestamp? = nil, body: String,
        isBinary: Bool, isIncomplete: Bool, receivedAt: Timestamp, handledAt: Timestamp? = nil, state: InboxState,
        disposition: Disposition? = nil, provider: String? = nil, format: String? = nil, note: String? = nil
    ) {
        self.id = id
        self.modem = modem
        self.originator = originator
        self.smsc = smsc
        self.sentAt = sentAt
        self.body = body
        self.isBinary = isBinary
        self.isIncomplete = isIncomplete
        self.receivedAt = receivedAt
        self.handledAt = handledAt
        self.state = state
        self.disposition = disposition
        self.provider = provider
        self.format = format
        self.note = note
    }
}

extension InboxMessage {
    /// Whether it is a notice received over HTTP and not an SMS.
    package var isOverHTTP: Bool { modem.hasPrefix(PaymentNotice.originPrefix) }
}
