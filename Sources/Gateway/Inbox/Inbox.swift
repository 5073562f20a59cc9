import Domain
import Logging
import ModemLink
import ModemMessages
import Store

/// The first station: what a modem received is on disk before it is deleted there.
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

    /// Stores what came in, in one step. Returns what the modem may delete: nothing, when the disk refused.
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
                        let note = "the message does not decode; this is what the modem held in \(raw.storeName)"
                        if try step.inbox.storeEvidence(InboxPart(raw, modem: modem), note: note, at: now) {
                            counts.raw += 1
                            try step.alerts.noteOnce(
                                .notice,
                                [
                                    "text":
                                        "an SMS that does not decode came in on modem \(modem); its octets are kept"
                                ], since: now.adding(.seconds(-86_400)), at: now)
                        }
                    case .unreadable(let location):
                        if try step.inbox.noteUnreadable(location, in: modem, at: now) {
                            unreadable.append(location)
                            try step.alerts.note(
                                .notice,
                                [
                                    "text":
                                        "modem \(modem) holds an SMS that cannot be read, in place \(location); such ones fill its SIM"
                                ], at: now)
                        }
                    }
                }
                return (counts, unreadable)
            }
            for location in unreadable {
                logger.warning(
                    "A message in the modem cannot be read; it stays there. 'gammu getsms' may show it.",
                    metadata: ["modem.name": "\(modem)", "place": "\(location)"])
            }
            if counts.raw > 0 {
                logger.warning(
                    "Messages that do not decode were kept as octets.",
                    metadata: ["modem.name": "\(modem)", "count": "\(counts.raw)"])
            }
            if counts.new > 0 {
                logger.info(
                    "Messages came in.",
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

    /// Stores a part, and makes a message of it and the others when it was the last one. `false` for one seen before.
    private func take(_ part: InboxPart, _ step: Step) throws -> Bool {
        guard let id = try step.inbox.store(part, at: step.now) else { return false }
        let message =
            part.total > 1
            ? try step.inbox.openParts(beside: part).message(completedBy: id)
            : PartAssembly.Message(parts: [id], isIncomplete: false)
        if let message { try step.inbox.join(message, at: step.now) }
        return true
    }

    /// TP-ST below 32 is delivered, below 64 the centre still tries, anything else has failed (23.040, 9.2.3.15).
    private func take(_ report: DeliveryReport, from modem: String, _ step: Step) throws {
        guard !(32..<64).contains(report.status) else { return }
        _ = try step.outbox.report(
            modem: modem, recipient: report.recipient, reference: report.reference, delivered: report.status < 32,
            since: step.now.adding(.seconds(-8 * 86_400)), at: step.now)
    }

    /// Reads messages whose missing parts were waited for long enough. Returns when to look again.
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
                "Messages with missing parts were read as they are.", metadata: ["count": "\(joined)"])
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
    /// The store and the place as the modem counts it.
    fileprivate var storeName: String {
        "\(store.prefix(8).filter { $0.isASCII && $0.isLetter }) \(place.location % 100_000)"
    }
}

extension InboxPart {
    /// What is stored of a part that a modem received.
    init(_ part: ReceivedPart, modem: String) {
        // The modem process is believed as little as the texts that it brings.
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

    /// What is stored of a message that does not decode: its octets as digits, and its originator where that can be read.
    init(_ raw: RawMessage, modem: String) {
        let octets = RawDeliver.octets(raw.pdu)
        let originator = octets.flatMap { RawDeliver($0) }?.originator
        self.init(
            modem: modem, originator: originator.map { Self.storable($0, atMost: 64) } ?? "?", smsc: "",
            sentAt: nil, reference: nil, total: 1, number: 1, body: Self.storable(raw.pdu, atMost: 2_000),
            coding: ReceivedPart.Coding.binary.rawValue)
    }

    /// A NUL would end the text on disk: it is kept as the symbol for it.
    private static func storable(_ text: String, atMost limit: Int) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit).map { $0 == "\0" ? "\u{2400}" : $0 }))
    }
}
