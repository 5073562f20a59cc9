// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// A report from the modem process: its version once, then answers and events.
package enum ModemReport: Codable, Sendable {
    case hello(version: Int)
    case answer(id: Int, ModemAnswer)
    case event(ModemEvent)
    /// The location, in libgammu's numbering, that libgammu is about to read; `nil` when it has returned. If the
    /// process ends in between, the daemon knows at which message.
    case reading(location: Int?)
    /// The stores contain something that the next `poll` can read; the daemon should poll soon.
    case wantsPoll
}

package enum ModemAnswer: Codable, Sendable {
    case opened(ModemIdentity)
    case polled(Polled)
    case deleted
    case sent(SendOutcome)
    case status(ModemStatus)
    case failed(ModemFailure)
}

package enum ModemEvent: Codable, Sendable {
    case part(ReceivedPart)
    case deliveryReport(DeliveryReport)
    /// A message that libgammu cannot read, as octets.
    case raw(RawMessage)
    /// A stored message that cannot be read even as octets. It is not deleted.
    case unreadable(location: Int)
}

/// The progress of a scan of the stores.
package struct Polled: Codable, Sendable, Hashable {
    /// The number of messages read.
    package var found: Int
    /// The scan is complete; otherwise the next call continues it.
    package var isComplete: Bool
    /// The locations, in libgammu's numbering, that libgammu must not read.
    package var avoided: [Int]

    package init(found: Int, isComplete: Bool, avoided: [Int]) {
        self.found = found
        self.isComplete = isComplete
        self.avoided = avoided
    }
}

/// A stored message exactly as the modem returns it, kept as evidence.
package struct RawMessage: Codable, Sendable, Hashable {
    /// The location for deleting it.
    package var place: StoredPlace
    /// The modem's name of the store, such as `SM`.
    package var store: String
    /// The SMSC address and the PDU (3GPP TS 27.005, 3.1) as hexadecimal digits.
    package var pdu: String

    package init(place: StoredPlace, store: String, pdu: String) {
        self.place = place
        self.store = store
        self.pdu = pdu
    }
}

package struct ModemIdentity: Codable, Sendable, Hashable {
    package var manufacturer: String
    package var model: String
    package var firmware: String
    package var imei: String
    package var smsc: String
    /// Whether the modem indicates new messages; otherwise it must be polled.
    package var indicates: Bool

    package init(
        manufacturer: String, model: String, firmware: String, imei: String, smsc: String, indicates: Bool
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.firmware = firmware
        self.imei = imei
        self.smsc = smsc
        self.indicates = indicates
    }
}

package struct ModemStatus: Codable, Sendable, Hashable {
    /// 0...100; `nil` if the modem does not know.
    package var signalPercent: Int?
    package var network: String?
    package var isRegistered: Bool?
    /// Used message locations, and all locations.
    package var storeUsed: Int?
    package var storeSize: Int?
    /// The fill level of SIM or phone memory, whichever is higher, 0...100.
    package var storePercent: Int?

    package init(
        signalPercent: Int?, network: String?, isRegistered: Bool?, storeUsed: Int?, storeSize: Int?,
        storePercent: Int? = nil
    ) {
        self.signalPercent = signalPercent
        self.network = network
        self.isRegistered = isRegistered
        self.storeUsed = storeUsed
        self.storeSize = storeSize
        self.storePercent = storePercent
    }
}

/// A received message or concatenated message part.
package struct ReceivedPart: Codable, Sendable, Hashable {
    package enum Coding: String, Codable, Sendable {
        case gsm7, ucs2, binary
    }

    /// The location for deleting it; `nil` if the modem did not store it.
    package var place: StoredPlace?
    package var originator: String
    package var smsc: String
    /// The SMSC's time stamp in seconds since 1970; `nil` if it is not a valid time.
    package var sentAt: Int64?
    package var text: String
    package var coding: Coding
    package var concatenation: PartPlace?

    package init(
        place: StoredPlace?, originator: String, smsc: String, sentAt: Int64?, text: String, coding: Coding,
        concatenation: PartPlace?
    ) {
        self.place = place
        self.originator = originator
        self.smsc = smsc
        self.sentAt = sentAt
        self.text = text
        self.coding = coding
        self.concatenation = concatenation
    }
}

package struct DeliveryReport: Codable, Sendable, Hashable {
    package var place: StoredPlace?
    package var recipient: String
    /// TP-MR, 0...255.
    package var reference: Int
    /// TP-ST (3GPP TS 23.040, 9.2.3.15): 0...31 delivered, 32...63 still trying, otherwise failed.
    package var status: Int

    package init(place: StoredPlace?, recipient: String, reference: Int, status: Int) {
        self.place = place
        self.recipient = recipient
        self.reference = reference
        self.status = status
    }
}

/// The result of sending a part.
package enum SendOutcome: Codable, Sendable, Hashable {
    /// The SMSC accepted the part; `reference` is the TP-MR of its delivery report.
    case accepted(reference: Int)
    case failed(ModemFailure)
}

/// How the daemon must handle a failure.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// A network problem: retry later; it counts as an attempt.
    case tryAgain
    /// The message can never be sent.
    case giveUp
    /// A modem problem: restart the process; it does not count as an attempt.
    case modemTrouble
    /// It is unknown whether the network accepted the message.
    case unknown
}

package struct ModemFailure: Codable, Sendable, Hashable, Error, CustomStringConvertible {
    package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case other
        /// The SIM asks for its PIN and none was sent. The process waits for the PIN.
        case pinNeeded
        /// The SIM refused the PIN, or the PIN was sent before and must not be sent again.
        case wrongPIN
    }

    package var verdict: Verdict
    package var reason: String
    /// The CMS or CME error code, if there was one.
    package var code: Int?
    /// An operator must act: PIN, SIM or permissions.
    package var needsOperator: Bool
    package var kind: Kind

    package init(
        verdict: Verdict, reason: String, code: Int? = nil, needsOperator: Bool = false, kind: Kind = .other
    ) {
        self.verdict = verdict
        self.reason = reason
        self.code = code
        self.needsOperator = needsOperator
        self.kind = kind
    }

    package var description: String { code.map { "\(reason) (\($0))" } ?? reason }
}
