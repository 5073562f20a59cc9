import Domain

/// What a provider's request asks.
package enum NoticeRequest: Sendable {
    /// The payer has paid, or pays if the answer accepts it. `evidence` is kept: the fields without secrets.
    case pay(PaymentNotice, evidence: String)
    /// Whether a payment would be accepted. The amount is zero if it is not said.
    case look(PaymentNotice)
    /// What became of an earlier notice.
    case enquire(id: String)
    /// Something that is no payment, such as a failed one; it is answered and nothing is done.
    case nothing(about: String)
}
