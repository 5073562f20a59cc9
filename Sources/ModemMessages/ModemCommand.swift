// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The protocol between the daemon and its modem process. The process states its version first; the daemon ends a
/// process of another version.
package enum ModemProtocol {
    package static let version = 4
    /// The maximum length of a line from the daemon in bytes, including the newline. A longer line ends the connection.
    package static let longestLine = 64 * 1024
    /// The maximum length of a line from the modem process in bytes; the longest content is one message.
    package static let longestReport = 16 * 1024
    /// The descriptor of the channel in the modem process.
    package static let descriptor: Int32 = 3
}

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
    }

    package var id: Int
    package var body: Body

    package init(id: Int, body: Body) {
        self.id = id
        self.body = body
    }
}

/// The settings for connecting to one modem.
package struct ModemSettings: Codable, Sendable, Hashable {
    package var device: String
    /// A libgammu connection, such as `at115200`.
    package var connection: String
    /// The maximum of libgammu's own pauses in microseconds; 0 does not limit them.
    package var pace: UInt32
    package var pin: String?
    /// The timeout of the network for one part, in seconds.
    package var sendTimeout: Int

    package init(device: String, connection: String, pace: UInt32, pin: String?, sendTimeout: Int) {
        self.device = device
        self.connection = connection
        self.pace = pace
        self.pin = pin
        self.sendTimeout = sendTimeout
    }
}

/// One part of an outgoing message; its text already fits its coding.
package struct OutgoingPart: Codable, Sendable, Hashable {
    package var recipient: String
    package var text: String
    /// The coding is UCS-2, otherwise the GSM 7-bit alphabet.
    package var isUCS2: Bool
    package var concatenation: PartPlace?
    package var wantsReport: Bool
    /// Relative validity period, TP-VP (3GPP TS 23.040, 9.2.3.12.1).
    package var validity: UInt8

    package init(
        recipient: String, text: String, isUCS2: Bool, concatenation: PartPlace?, wantsReport: Bool, validity: UInt8
    ) {
        self.recipient = recipient
        self.text = text
        self.isUCS2 = isUCS2
        self.concatenation = concatenation
        self.wantsReport = wantsReport
        self.validity = validity
    }
}

/// The position of a part in its concatenated message.
package struct PartPlace: Codable, Sendable, Hashable {
    package var reference: Int
    package var total: Int
    package var number: Int
    /// Whether the reference has 16 bits.
    package var isWide: Bool

    package init(reference: Int, total: Int, number: Int, isWide: Bool) {
        self.reference = reference
        self.total = total
        self.number = number
        self.isWide = isWide
    }
}

/// The SIM location of a stored message, in libgammu's numbering, and a mark that identifies the message.
///
/// A freed location is reused by the next message at once: without the mark, a late deletion would delete the wrong
/// one.
package struct StoredPlace: Codable, Sendable, Hashable {
    package var location: Int
    /// Tells this message from the next one at the same location.
    package var mark: Int64
    /// The message was read without libgammu: the mark is computed from its octets, and it is deleted without libgammu.
    package var isRaw: Bool

    package init(location: Int, mark: Int64, isRaw: Bool = false) {
        self.location = location
        self.mark = mark
        self.isRaw = isRaw
    }
}

/// A location at which a modem process ended while libgammu read it.
package struct AvoidedPlace: Codable, Sendable, Hashable {
    /// The location in libgammu's numbering.
    package var location: Int
    /// How many processes in succession ended there.
    package var deaths: Int

    package init(location: Int, deaths: Int) {
        self.location = location
        self.deaths = deaths
    }
}
