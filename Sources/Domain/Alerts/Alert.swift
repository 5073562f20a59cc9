/// A notice to staff: sent at once if it is urgent, otherwise in the next digest.
package struct Alert: Sendable, Hashable {
    /// The kind of an alert. It selects the alert's text.
    package enum Kind: String, Sendable, CaseIterable {
        case safety
        case ticket
        case customerReply = "customer_reply"
        case lateReply = "late_reply"
        case job
        case held
        case tokenStuck = "token_stuck"
        case forgery
        case tokenLost = "token_lost"
        case review
        /// A matter without a message, such as a modem fault.
        case notice
        /// A finding that weakens the trust in a wallet.
        case wallet
    }

    package var id = AlertID(0)
    package var at: Timestamp
    package var kind: Kind
    /// Values for the placeholders of the alert's text.
    package var facts: [String: String]
    /// Whether to send it at once instead of with the next digest.
    package var isUrgent: Bool
    /// Common prefix of the dedupe keys of the messages to staff; `nil` if no confirmation is needed.
    package var messageKey: String?

    package init(
        id: AlertID = AlertID(0), at: Timestamp, kind: Kind, facts: [String: String], isUrgent: Bool,
        messageKey: String? = nil
    ) {
        self.id = id
        self.at = at
        self.kind = kind
        self.facts = facts
        self.isUrgent = isUrgent
        self.messageKey = messageKey
    }
}
