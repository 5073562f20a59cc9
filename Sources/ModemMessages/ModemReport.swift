// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What the modem process says: its version once, then answers and events.
package enum ModemReport: Codable, Sendable {
    case hello(version: Int)
    case answer(id: Int, ModemAnswer)
    case event(ModemEvent)
    /// The place that libgammu is asked for next, in its counting; `nil` when it came back from there. Whoever sees the
    /// process end in between knows at which message.
    case reading(location: Int?)
    /// Something waits in the stores that the next `poll` can take: it should come soon.
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
    /// Something is stored there that cannot be had even as octets. It stays where it is.
    case unreadable(location: Int)
}

/// How far a look through the stores came.
package struct Polled: Codable, Sendable, Hashable {
    /// Messages that were read.
    package var found: Int
    /// Nothing is left to read; else the next call goes on.
    package var isComplete: Bool
    /// The places that libgammu must not be asked for, in its counting.
    package var avoided: [Int]

    package init(found: Int, isComplete: Bool, avoided: [Int]) {
        self.found = found
        self.isComplete = isComplete
        self.avoided = avoided
    }
}

/// A stored message as the modem itself gives it: evidence of what somebody sent.
package struct RawMessage: Codable, Sendable, Hashable {
    /// Where to delete it.
    package var place: StoredPlace
    /// The modem's name for the store, such as `SM`.
    package var store: String
    /// The SMSC's address and the PDU (3GPP TS 27.005, 3.1) as hexadecimal digits.
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
    /// Whether it tells of new messages by itself; else they must be looked for.
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
    /// 0...100, `nil` when the modem does not know.
    package var signalPercent: Int?
    package var network: String?
    package var isRegistered: Bool?
    /// Message places in use, and all of them.
    package var storeUsed: Int?
    package var storeSize: Int?
    /// How full the fuller one of SIM and phone memory is, 0...100.
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

/// A received part as the modem gave it.
package struct ReceivedPart: Codable, Sendable, Hashable {
    package enum Coding: String, Codable, Sendable {
        case gsm7, ucs2, binary
    }

    /// Where to delete it; `nil` when the modem never stored it.
    package var place: StoredPlace?
    package var originator: String
    package var smsc: String
    /// The SMSC's time stamp: seconds since 1970; `nil` when it names no moment.
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
    /// TP-ST (3GPP TS 23.040, 9.2.3.15): 0...31 delivered, 32...63 still trying, else failed.
    package var status: Int

    package init(place: StoredPlace?, recipient: String, reference: Int, status: Int) {
        self.place = place
        self.recipient = recipient
        self.reference = reference
        self.status = status
    }
}

/// What became of a part.
package enum SendOutcome: Codable, Sendable, Hashable {
    /// The SMSC took it; TP-MR of its delivery report.
    case accepted(reference: Int)
    case failed(ModemFailure)
}

/// What a failure asks of the daemon.
package enum Verdict: String, Codable, Sendable, Hashable, CaseIterable {
    /// The network is in trouble: later, and it counts against the message.
    case tryAgain
    /// This message will never go.
    case giveUp
    /// The modem is in trouble: a new start, and it does not count against the message.
    case modemTrouble
    /// Nobody can know whether the network took it.
    case unknown
}

package struct ModemFailure: Codable, Sendable, Hashable, Error, CustomStringConvertible {
    package enum Kind: String, Codable, Sendable, Hashable, CaseIterable {
        case other
        /// The SIM asks for its PIN, and got none. The process waits for the PIN.
        case pinNeeded
        /// The SIM refused the PIN, or the PIN was given before and must not be given again.
        case wrongPIN
    }

    package var verdict: Verdict
    package var reason: String
    /// CMS or CME error code where there was one.
    package var code: Int?
    /// A person is needed: PIN, SIM or rights.
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
