/// An attempt to send a part that did not succeed.
package struct SendAttempt: Sendable, Hashable {
    package enum Outcome: String, Codable, Sendable, CaseIterable {
        /// Another modem is to send the message.
        case refused
        /// The same modem may try again, or no other one can.
        case failed
    }

    package var part: Int
    package var modem: String
    package var outcome: Outcome
    /// It is unknown whether the network took the part.
    package var isDoubtful: Bool
    /// The CMS or CME error code, if there was one.
    package var code: Int?
    package var reason: String
    package var at: Timestamp

    package init(
        part: Int, modem: String, outcome: Outcome, isDoubtful: Bool, code: Int?, reason: String, at: Timestamp
    ) {
        self.part = part
        self.modem = modem
        self.outcome = outcome
        self.isDoubtful = isDoubtful
        self.code = code
        self.reason = reason
        self.at = at
    }
}
