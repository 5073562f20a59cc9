import ModemMessages

/// What became of one step of a USSD session.
package enum USSDStep: Sendable, Hashable {
    /// The network wants an answer: call again with the session.
    case wantsAnswer(USSDSession.ID, [USSDLine])
    /// The session is over.
    case ended([USSDLine])
    /// The network has not answered in time. The session is over.
    case silent([USSDLine])
    /// Messages were waiting for the modem. The session is over.
    case gaveWay([USSDLine])
    /// Messages were waiting for the modem before it was given the code. The session is over.
    case notDialled
    /// The modem did not accept the code.
    case refused(reason: String)
    /// The modem has a session already.
    case busy
    /// The session is not open any more.
    case closed
    case unavailable(reason: String)
}
