/// Something that staff should hear of.
package struct Alert: Sendable, Hashable {
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
        /// Something that is no message's, such as a modem's trouble.
        case notice
        /// What weakens the trust in a wallet.
        case wallet
    }

    package var id = AlertID(0)
    package var at: Timestamp
    package var kind: Kind
    /// Values for the places of its text.
    package var facts: [String: String]
    /// Not to be kept for the next digest.
    package var isUrgent: Bool
    /// The keys of the messages that told it to staff begin so.
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
