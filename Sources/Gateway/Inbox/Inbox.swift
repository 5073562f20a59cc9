import Store
import Domain
import Logging
import ModemMessages

/// Stores what a modem received on disk before it is deleted from the modem.
package struct Inbox: Sendable {
    private let clock: any WallClock
    private let logger: Logger
    private let settings: GatewaySettings
    private let steps: StepRunner

    package init(_ gateway: Gateway) {
        clock = gateway.clock
        logger = gateway.logger
        settings = gateway.settings
        steps = gateway.steps
    }

    /// Stores received events in one step. Returns the SIM locations that the modem may delete; none if storing failed.
    package func commit(_ events: [ModemEvent], from modem: String) async -> [StoredPlace] {
        let now = clock.now
        do {
            let (counts, unreadable) = try await steps.perform(at: now) { step in
                var counts = (new: 0, seen: 0, reports: 0, raw: 0)
                var unreadable: [Int] = []
                for event in events {
                    switch event {
                    case .part(let part):
                        let isNew = try take(InboxPart(part, modem: modem), step)
                        if isNew { counts.new += 1 } else { counts.seen += 1 }
                    case .deliveryReport(let report):
                        try take(report, from: modem, step)
                        counts.reports += 1
                    case .raw(let raw):
                        let note =
                            "the message cannot be decoded; this is the raw data from \(raw.storeName) of the modem"
                        if try step.inbox.storeEvidence(InboxPart(raw, modem: modem), note: note, at: now) {
                            counts.raw += 1
                            try step.alerts.noteOnce(
                                .notice,
                                [
                                    "text":
                                        "an SMS that cannot be decoded was received on modem \(modem); its octets are stored"
                                ], since: now.adding(.seconds(-86_400)), at: now)
                        }
                    case .unreadable(let location):
                        if try step.inbox.noteUnreadable(location, in: modem, at: now) {
                            unreadable.append(location)
                            try step.alerts.note(
                                .notice,
                                [
                                    "text":
                                        "modem \(modem) has an SMS that cannot be read, at SIM location \(location); such messages fill its SIM"
                                ], at: now)
                        }
                    }
                }
                return (counts, unreadable)
            }
            for location in unreadable {
                logger.warning(
                    "A message in the modem cannot be read; it is left there. 'gammu getsms' may show it.",
                    metadata: ["modem.name": "\(modem)", "place": "\(location)"])
            }
            if counts.raw > 0 {
                logger.warning(
                    "Messages that cannot be decoded were stored as octets.",
                    metadata: ["modem.name": "\(modem)", "count": "\(counts.raw)"])
            }
            if counts.new > 0 {
                logger.info(
                    "Messages were received.",
                    metadata: ["modem.name": "\(modem)", "parts": "\(counts.new)", "seen_before": "\(counts.seen)"])
            }
            return events.compactMap(\.place)
        } catch {
            logger.error(
                "Messages could not be stored; they stay in the modem.",
                metadata: ["modem.name": "\(modem)", "reason": "\(error)"])
            return []
        }
    }

    /// Stores a part and, if its message is now complete, joins the parts. Returns `false` for a part seen before.
    private func take(_ part: InboxPart, _ step: Step) throws -> Bool {
        guard let id = try step.inbox.store(part, at: step.now) else { return false }
        let message =
            part.total > 1
            ? try step.inbox.openParts(beside: part).message(completedBy: id)
            : PartAssembly.Message(parts: [id], isIncomplete: false)
        if let message { try step.inbox.join(message, at: step.now) }
        return true
    }

    /// TP-ST below 32: delivered; below 64: the SMSC is still trying; else failed (3GPP TS 23.040, 9.2.3.15).
    private func take(_ report: DeliveryReport, from modem: String, _ step: Step) throws {
        guard !(32..<64).contains(report.status) else { return }
        _ = try step.outbox.report(
            modem: modem, recipient: report.recipient, reference: report.reference, delivered: report.status < 32,
            since: step.now.adding(.seconds(-8 * 86_400)), at: step.now)
    }

    /// Joins messages whose missing parts did not arrive in time. Returns when to check again.
    /// - Throws: `StoreError.unavailable` if the database cannot be read or written.
    package func joinIncomplete() async throws -> Duration? {
        let now = clock.now
        let wait = settings.partsWait
        let oldest = try await steps.read { try $0.inbox.oldestOpenPart() }
        guard let oldest else { return nil }
        let due = oldest.adding(wait)
        guard due <= now else { return due.since(now) }
        let joined = try await steps.perform(at: now) {
            step in
            let waiting = try step.inbox.openParts(until: step.ago(wait))
            for assembly in waiting { try step.inbox.join(assembly.remains(), at: now) }
            return waiting.count
        }
        if joined > 0 {
            logger.warning(
                "Messages with missing parts were joined without them.", metadata: ["count": "\(joined)"])
        }
        return .seconds(1)
    }
}

extension ModemEvent {
    fileprivate var place: StoredPlace? {
        switch self {
        case .part(let part): part.place
        case .deliveryReport(let report): report.place
        case .raw(let raw): raw.place
        case .unreadable: nil
        }
    }
}

extension RawMessage {
    /// The name of the store and the location, as the modem reports them.
    fileprivate var storeName: String {
        "\(store.prefix(8).filter { $0.isASCII && $0.isLetter }) \(place.location % 100_000)"
    }
}

extension InboxPart {
    /// The stored form of a part that a modem received.
    init(_ part: ReceivedPart, modem: String) {
        // Values from the modem process are checked as strictly as the text of the messages.
        let place = part.concatenation.flatMap { place in
            (2...255).contains(place.total) && (1...place.total).contains(place.number)
                && (0...0xffff).contains(place.reference)
                ? place : nil
        }
        let sentAt = part.sentAt.flatMap { (0...7_300_000_000).contains($0) ? Timestamp(seconds: $0) : nil }
        self.init(
            modem: modem, originator: Self.storable(part.originator, atMost: 64),
            smsc: Self.storable(part.smsc, atMost: 64), sentAt: sentAt,
            reference: place.map { $0.reference | ($0.isWide ? 0x10000 : 0) }, total: place?.total ?? 1,
            number: place?.number ?? 1, body: Self.storable(part.text, atMost: 2_000), coding: part.coding.rawValue)
    }

    /// The stored form of a message that cannot be decoded: its octets in hexadecimal, and its originator if readable.
    init(_ raw: RawMessage, modem: String) {
        let octets = RawDeliver.octets(raw.pdu)
        let originator = octets.flatMap { RawDeliver($0) }?.originator
        self.init(
            modem: modem, originator: originator.map { Self.storable($0, atMost: 64) } ?? "?", smsc: "",
            sentAt: nil, reference: nil, total: 1, number: 1, body: Self.storable(raw.pdu, atMost: 2_000),
            coding: ReceivedPart.Coding.binary.rawValue)
    }

    /// Replaces NUL by the symbol for it, because a NUL would end the text in the database.
    private static func storable(_ text: String, atMost limit: Int) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit).map { $0 == "\0" ? "\u{2400}" : $0 }))
    }
}
