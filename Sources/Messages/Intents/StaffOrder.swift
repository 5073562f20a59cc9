/// An order from a member of staff.
package enum StaffOrder: Sendable, Hashable {
    /// `#12 text`
    case say(ticket: Int64, text: String)
    /// `CLOSE #12 reason`
    case close(ticket: Int64, reason: String?)
    /// `REOPEN #12`
    case reopen(ticket: Int64)
    case status
}
