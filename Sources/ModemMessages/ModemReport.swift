// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// What the modem process says: its version once, then answers and events.
package enum ModemReport: Codable, Sendable {
    case hello(version: Int)
    case answer(id: Int, ModemAnswer)
    case event(ModemEvent)
}

package enum ModemAnswer: Codable, Sendable {
    case opened(ModemIdentity)
    case polled(found: Int)
    case deleted
    case sent(SendOutcome)
    case status(ModemStatus)
    case failed(ModemFailure)
}

package enum ModemEvent: Codable, Sendable {
    case part(ReceivedPart)
    case deliveryReport(DeliveryReport)
    /// Something is stored there that does not decode. It stays where it is.
    case unreadable(location: Int)
}

package struct ModemIdentity: Codable, Sendable, Hashable {
    package var manufacturer: String
    package var model: String
    package var firmware: String
    package var imei: String
    package var serviceCentre: String
    /// Whether it tells of new messages by itself; else they must be looked for.
    package var indicates: Bool

    package init(
        manufacturer: String, model: String, firmware: String, imei: String, serviceCentre: String, indicates: Bool
    ) {
        self.manufacturer = manufacturer
        self.model = model
        self.firmware = firmware
        self.imei = imei
        self.serviceCentre = serviceCentre
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

    package init(signalPercent: Int?, network: String?, isRegistered: Bool?, storeUsed: Int?, storeSize: Int?) {
        self.signalPercent = signalPercent
        self.network = network
        self.isRegistered = isRegistered
        self.storeUsed = storeUsed
        self.storeSize = storeSize
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
    package var serviceCentre: String
    /// The service centre's time stamp: seconds since 1970; `nil` when it names no moment.
    package var sentAt: Int64?
    package var text: String
    package var coding: Coding
    package var concatenation: PartPlace?

    package init(
        place: StoredPlace?, originator: String, serviceCentre: String, sentAt: Int64?, text: String, coding: Coding,
        concatenation: PartPlace?
    ) {
        self.place = place
        self.originator = originator
        self.serviceCentre = serviceCentre
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
    /// The service centre took it; TP-MR of its delivery report.
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
    package enum Kind: String, Codable, Sendable, Hashable {
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
