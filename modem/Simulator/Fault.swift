/// Faults of modems that tests can inject.
package enum Fault: Hashable, Sendable {
    /// The next message is accepted and transmitted, but its result is never sent.
    case sentWithoutAnswer
    /// The next message is accepted, but never transmitted or answered.
    case lostWithoutAnswer
    /// The next message is refused: `+CMS ERROR: code`.
    case refusedSend(code: Int)
    /// Every message is refused, as by a barred SIM: `+CMS ERROR: code`.
    case barred(code: Int)
    /// Every message is accepted and transmitted, but its result is never sent.
    case neverAnswers
    /// The next message is answered `OK` without a reference.
    case sendWithoutReference
    /// The next message gets no prompt.
    case noPrompt
    /// No network: `+CREG` says that the modem searches.
    case unregistered
    /// No command is answered any more.
    case deaf
    /// Everything but `AT` and `AT+CFUN` is refused until the radio was switched off and on.
    case stuckRadio
    /// Octets of line noise come before each answer.
    case garbage
    /// A line that the modem says by itself stands inside each answer.
    case chatter
    /// The next answer breaks off in the middle.
    case halfAnswer
    /// The signal is not known: `+CSQ: 99,99`.
    case unknownSignal
    /// The SIM is not in the modem.
    case noSIM
    /// The SIM asks for its PUK.
    case wantsPUK
    /// The SIM has no number of an SMSC.
    case noSMSC
    /// The next message is answered with a reference, but never transmitted.
    case acceptedAndLost
    /// `AT+CMGD` answers OK and deletes nothing.
    case deletesNothing
    /// The next read of this location is not answered.
    case silentPlace(Int)
    /// No read of this location is answered.
    case mutePlace(Int)
    /// No read of this location in SR is answered.
    case muteReport(Int)
    /// New messages are stored without an indication.
    case silentArrival
    /// Service codes are refused.
    case noUSSD
    /// Service codes are accepted only as packed septets in hexadecimal.
    case packedUSSD
    /// Stored messages are never indicated with `+CMTI`, and the SIM asks for its PIN.
    case pinLocked
}
