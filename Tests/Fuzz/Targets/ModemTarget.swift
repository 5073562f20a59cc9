import Domain
import Foundation
import ModemMessages
import Store

@testable import Gateway

/// The output lines of a modem process, and the parts that the inbox would store.
enum ModemTarget {
    static func run(_ input: [UInt8]) throws(BrokenRule) {
        for line in input.split(separator: 0x0a).prefix(8) {
            guard let report = try? JSONDecoder().decode(ModemReport.self, from: Data(line)) else { continue }
            if case .event(.part(let part)) = report { try store(InboxPart(part, modem: "first")) }
            if case .event(.raw(let raw)) = report { try store(InboxPart(raw, modem: "first")) }
            _ = try? JSONEncoder().encode(report)
        }
    }

    private static func store(_ part: InboxPart) throws(BrokenRule) {
        try rule((1...255).contains(part.total) && (1...part.total).contains(part.number), "a part number out of range")
        try rule(
            part.body.unicodeScalars.count <= 2_000 && part.originator.unicodeScalars.count <= 64,
            "a text or originator is too long")
        try rule(!part.body.unicodeScalars.contains("\0"), "a NUL is stored")
        _ = part.sentAt?.rfc3339
        _ = Originator(part.originator, plan: .anywhere)
    }

    static let seeds: [String] = {
        func part(_ text: String, _ place: PartPlace?, _ seconds: Int64?) -> ModemReport {
            .event(
                .part(
                    ReceivedPart(
                        place: StoredPlace(location: 3, mark: -77), originator: "M-PESA",
                        smsc: "+255754000000",
                        sentAt: seconds, text: text, coding: .gsm7, concatenation: place)))
        }
        let reports: [ModemReport] = [
            .hello(version: 1), .answer(id: 1, .polled(Polled(found: 3, isComplete: true, avoided: [4]))),
            .answer(id: 2, .deleted),
            .answer(id: .max, .sent(.accepted(reference: 255))),
            .answer(id: 3, .sent(.failed(ModemFailure(verdict: .tryAgain, reason: "busy", code: 42)))),
            .answer(
                id: 4,
                .opened(
                    ModemIdentity(
                        manufacturer: "x", model: "y", firmware: "z", imei: "350000000000006",
                        smsc: "+255754000000", indicates: true))),
            .answer(
                id: 5,
                .status(
                    ModemStatus(
                        signalPercent: 71, network: "64004", isRegistered: true, storeUsed: 1, storeSize: 10))),
            part("habari", nil, 1_790_000_000),
            part("a\0b\u{301}", PartPlace(reference: 65_535, total: 255, number: 255, isWide: true), 0),
            part("", PartPlace(reference: -1, total: .max, number: .min, isWide: false), .max),
            .event(
                .deliveryReport(
                    DeliveryReport(place: nil, recipient: "+255754000321", reference: 255, status: 255))),
            .event(.unreadable(location: .min)), .reading(location: 7), .reading(location: nil), .wantsPoll,
            .event(
                .raw(
                    RawMessage(
                        place: StoredPlace(location: 2, mark: 1, isRaw: true), store: "SM",
                        pdu: "0004 0bd04d68949a0a0000f4611110101010400aff"))),
            .event(
                .raw(
                    RawMessage(
                        place: StoredPlace(location: .max, mark: 1, isRaw: true), store: "SM",
                        pdu: "0044079152177508000003611110101010400aff"))),
        ]
        let lines = reports.compactMap { try? JSONEncoder().encode($0) }.map { String(decoding: $0, as: UTF8.self) }
        return lines + [lines.joined(separator: "\n"), (lines.last ?? "") + "\n\n{}\n[]"] + [
            "{\"event\":{\"_0\":{\"part\":{\"_0\":{\"text\":\"\\ud800\",\"originator\":\"\\udc00\\u0000\",\"smsc\":\"\",\"coding\":\"gsm7\",\"sentAt\":1e18}}}}}",
            "{\"hello\":{\"version\":1e400}}", "{\"hello\":{\"version\":1.5}}", "{\"hello\":{},\"event\":{}}",
        ]
    }()

    static let words = [
        "{\"event\":{\"_0\":{\"part\":{\"_0\":{", "\"text\":\"", "\"sentAt\":", "\"concatenation\":{", "\"total\":",
        "\"number\":",
        "\"reference\":", "\"isWide\":true", "\"coding\":\"ucs2\"", "\"coding\":\"binary\"", "\"place\":null",
        "\"mark\":",
        "\"location\":", "\"raw\":{\"_0\":{", "\"pdu\":\"", "\"store\":\"SM\"", "\\u0000", "\\ud800", "\\udc00", "null",
        "true", "[]", "{}", ",", ":", "\n",
    ]
}
