// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// The language of the daemon and its modem process. Both ends say it first, and part when it differs.
package enum ModemProtocol {
    package static let version = 4
    /// The longest line of the daemon in bytes, newline included. A longer one ends the connection.
    package static let longestLine = 64 * 1024
    /// The same for the modem process: the longest that it has to say is one message.
    package static let longestReport = 16 * 1024
    /// The descriptor of the channel in the modem process.
    package static let descriptor: Int32 = 3
}

/// What the daemon asks for; the answer carries the same number.
package struct ModemCommand: Codable, Sendable {
    package enum Body: Codable, Sendable {
        /// Opens the port and makes the modem ready to send and to receive. When the SIM asks for its PIN and the
        /// settings have none, the same command with the PIN goes on from there.
        ///
        /// `avoiding`: the places at which processes before this one ended. libgammu is not asked for them before they
        /// were looked at without it.
        case open(ModemSettings, avoiding: [AvoidedPlace])
        /// Reads the stores for a second or two; each message comes as an event before the answer. Goes on where the
        /// last call stopped, unless it is to begin anew.
        case poll(fromStart: Bool)
        /// Deletes messages that are safe on the daemon's disk.
        case delete([StoredPlace])
        /// Sends one part.
        case send(OutgoingPart)
        /// Signal and network, and whether the modem is alive at all.
        case status
    }

    package var id: Int
    package var body: Body

    package init(id: Int, body: Body) {
        self.id = id
        self.body = body
    }
}

/// How to reach one modem.
package struct ModemSettings: Codable, Sendable, Hashable {
    package var device: String
    /// A libgammu connection, such as `at115200`.
    package var connection: String
    /// The cap on libgammu's own pauses in microseconds; 0 leaves them alone.
    package var pace: UInt32
    package var pin: String?
    /// How long the network may take for a part, in seconds.
    package var sendTimeout: Int

    package init(device: String, connection: String, pace: UInt32, pin: String?, sendTimeout: Int) {
        self.device = device
        self.connection = connection
        self.pace = pace
        self.pin = pin
        self.sendTimeout = sendTimeout
    }
}

/// One part of an outgoing message, its text already fit for its coding.
package struct OutgoingPart: Codable, Sendable, Hashable {
    package var recipient: String
    package var text: String
    /// UCS-2, else the GSM 7-bit alphabet.
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

/// The place of a part in its message.
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

/// Where the modem keeps a message, in libgammu's counting, and which message it is.
///
/// A place that was freed is taken by the next message at once: without the mark, a late deletion would take the wrong one.
package struct StoredPlace: Codable, Sendable, Hashable {
    package var location: Int
    /// Tells this message from the next one at the same place.
    package var mark: Int64
    /// Read without libgammu: the mark is of the octets, and the deletion goes without libgammu too.
    package var isRaw: Bool

    package init(location: Int, mark: Int64, isRaw: Bool = false) {
        self.location = location
        self.mark = mark
        self.isRaw = isRaw
    }
}

/// A place at which a modem process ended while libgammu read it.
package struct AvoidedPlace: Codable, Sendable, Hashable {
    /// In libgammu's counting.
    package var location: Int
    /// How many processes ended there, one after the other.
    package var deaths: Int

    package init(location: Int, deaths: Int) {
        self.location = location
        self.deaths = deaths
    }
}
