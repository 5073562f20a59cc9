/// Something that happened, as reported to listeners of the event stream.
package struct Event: Sendable, Hashable {
    /// The kind of an event, by its name in the event stream.
    package enum Kind: String, Sendable, CaseIterable {
        case paymentCompleted = "payment.completed"
        case paymentHeld = "payment.held"
        case paymentInSuspense = "payment.suspense"
        case paymentTokenPending = "payment.token_pending"
        case paymentReversed = "payment.reversed"
        case paymentRefunded = "payment.refunded"
        case paymentRejected = "payment.rejected"
        case paymentWaits = "payment.waits"
        case walletGap = "wallet.gap"
        case saleChanged = "sale.changed"
        case messageReceived = "message.received"
        case messageSent = "message.sent"
        case messageQuarantined = "message.quarantined"
        case messageReview = "message.review"
        case messageFailed = "message.failed"
        case ticketOpened = "ticket.opened"
        case ticketEntry = "ticket.entry"
        case ticketChanged = "ticket.changed"
        case ticketClosed = "ticket.closed"
        case ticketReopened = "ticket.reopened"
        case jobChanged = "job.changed"
        case broadcastChanged = "broadcast.changed"
        case registryChanged = "registry.changed"
        case modemChanged = "modem.changed"
    }

    package var id: Int64
    package var at: Timestamp
    package var kind: Kind
    /// Id of the payment, message, ticket, broadcast or other record that the event is about.
    package var subject: Int64
    package var note: String?

    package init(id: Int64, at: Timestamp, kind: Kind, subject: Int64, note: String? = nil) {
        self.id = id
        self.at = at
        self.kind = kind
        self.subject = subject
        self.note = note
    }
}
