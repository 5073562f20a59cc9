/// A change of a modem's state.
package struct ModemHistoryEntry: Sendable, Hashable {
    /// The state's name, such as `ready`.
    package var state: String
    /// Why the modem is in this state, if that is known.
    package var reason: String?
    package var at: Timestamp

    package init(state: String, reason: String?, at: Timestamp) {
        self.state = state
        self.reason = reason
        self.at = at
    }
}
