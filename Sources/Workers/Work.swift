/// What a worker waits for.
package enum Work: Hashable, Sendable {
    /// Messages to be read and handled.
    case inbox
    /// Messages to be sent: every modem's sender waits for it.
    case outbox
    /// Something that may be due by the clock, or staff to be told of something.
    case schedule
    /// Tokens to be asked for at one vendor.
    case vendor(String)
}
