// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A command from the daemon; its answer has the same id.
package struct ModemCommand: Codable, Sendable {
    package enum Body: Codable, Sendable {
        /// Opens the port and prepares the modem for sending and receiving. If the SIM asks for its PIN and the
        /// settings have none, the same command with the PIN continues.
        ///
        /// `avoiding` lists the locations at which earlier processes ended. They are read without libgammu first.
        case open(ModemSettings, avoiding: [AvoidedPlace])
        /// Reads the stores for a second or two; each message is reported as an event before the answer. Continues
        /// where the last call stopped, unless `fromStart`.
        case poll(fromStart: Bool)
        /// Deletes messages that are stored on the daemon's disk.
        case delete([StoredPlace])
        /// Sends one part.
        case send(OutgoingPart)
        /// Reads signal and network, and checks that the modem answers.
        case status
        /// Only checks that the modem answers, with one short command.
        case ping
        /// Begins a USSD session with a service code, or continues it with an answer to its menu: an answer must never be
        /// dialled as a code. Waits for the network, but not longer than until the next command comes.
        case dial(String, isFirst: Bool, seconds: Int)
        /// Ends the USSD session, if there is one. It may be sent while `dial` is not answered yet.
        case endUSSD
    }

    package var id: Int
    package var body: Body

    package init(id: Int, body: Body) {
        self.id = id
        self.body = body
    }
}
