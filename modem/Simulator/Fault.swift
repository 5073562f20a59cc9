/// What goes wrong with modems, on demand.
package enum Fault: Hashable, Sendable {
    /// The next message is taken and transmitted, but its result never comes.
    case sentWithoutAnswer
    /// The next message is taken, never transmitted and never answered.
    case lostWithoutAnswer
    /// The next message is refused: `+CMS ERROR: code`.
    case refusedSend(code: Int)
    /// The next message is answered `OK` without a reference.
    case sendWithoutReference
    /// No prompt comes for the next message.
    case noPrompt
    /// Nothing is answered any more.
    case deaf
    /// `AT+CMGD` answers OK and deletes nothing.
    case deletesNothing
    /// The next reading of this place is not answered.
    case silentPlace(Int)
    /// No reading of this place is answered.
    case mutePlace(Int)
    /// New messages are stored without an indication.
    case silentArrival
    /// `+CMTI` is never given for stored messages, and the SIM's PIN is asked for.
    case pinLocked
}
