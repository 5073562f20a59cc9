/// The decision on a payment notice. It never changes: a repeated notice gets the same one.
package enum NoticeDecision: Sendable, Hashable {
    case accepted(PaymentID)
    case refused(NoticeRefusal)
}
