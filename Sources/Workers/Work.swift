/// A kind of work that workers wait for.
package enum Work: Hashable, Sendable {
    /// Inbound messages to handle.
    case inbox
    /// Messages to send; the sender of every modem waits for it.
    case outbox
    /// Scheduled duties, and alerts to send to staff.
    case schedule
    /// Decisions on payment notices to report to their providers.
    case notices
    /// Wallets to ask for their balance.
    case wallets
    /// Token requests to one vendor.
    case vendor(String)
}
