import Domain
import Foundation
import Store
import TestSupport
import Testing

@Suite("The outbox")
struct OutboxTests {
    private let now = Timestamp(seconds: 1_795_000_000)

    private func message(
        _ key: String, _ messageClass: MessageClass = .answer, to phone: String = "+255712000678", parts: Int = 1
    ) throws
        -> OutboxMessage
    {
        OutboxMessage(
            dedupeKey: key, messageClass: messageClass, recipient: try #require(PhoneNumber(e164: phone)), body: key,
            isUCS2: false,
            parts: (1...parts).map { "\(key)\($0)" }, payment: nil, message: nil, now: now)
    }

    private func withStore(_ body: (Store) async throws -> Void) async throws {
        try await Fixtures.withFolder { folder in
            try await body(try Store(path: folder.appendingPathComponent("db").path))
        }
    }

    @Test("a second message with the same key is not queued")
    func dedupe() async throws {
        try await withStore { store in
            let message = try message("a")
            let queued = try await store.write { transaction in
                [
                    try transaction.outbox.queue(message, at: self.now),
                    try transaction.outbox.queue(message, at: self.now),
                ]
            }
            #expect(queued == [true, false])
        }
    }

    @Test("messages are sent in the order of their classes, tokens first")
    func order() async throws {
        try await withStore { store in
            let classes: [MessageClass] = [.broadcast, .reminder, .job, .answer, .token]
            let messages = try classes.map { try message("\($0)", $0) }
            let due = try await store.write { transaction in
                for message in messages { try transaction.outbox.queue(message, at: self.now) }
                return try transaction.outbox.due(MessageClass.allCases, at: self.now, limit: 10).compactMap {
                    try transaction.outbox.message($0.id)?.messageClass
                }
            }
            #expect(due == classes.reversed())
        }
    }

    @Test("all 256 concatenation references are used for a phone before one is used again")
    func references() async throws {
        try await withStore { store in
            let messages = try (0..<256).map { try message("m\($0)", parts: 2) }
            let references = try await store.write { transaction in
                for message in messages { try transaction.outbox.queue(message, at: self.now) }
                return try transaction.outbox.messages(before: nil, state: nil, limit: 500).map(\.reference)
            }
            #expect(Set(references).count == 256)
        }
    }

    @Test("an expired message is not sent")
    func expiry() async throws {
        try await withStore { store in
            let message = try message("late")
            let later = now.adding(.seconds(2 * 86_400))
            let due = try await store.write { transaction in
                try transaction.outbox.queue(message, at: self.now)
                _ = try transaction.outbox.expire(at: later)
                return try transaction.outbox.due(MessageClass.allCases, at: later, limit: 10)
            }
            #expect(due.isEmpty)
            #expect(try await store.read { try $0.outbox.counts() } == ["expired": 1])
        }
    }

    @Test("after a crash only messages with a part in transmission have an unknown outcome")
    func interrupted() async throws {
        try await withStore { store in
            let messages = [try message("flying", parts: 2), try message("waiting")]
            let interrupted = try await store.write { transaction in
                for message in messages { try transaction.outbox.queue(message, at: self.now) }
                let ids = try transaction.outbox.due(MessageClass.allCases, at: self.now, limit: 10).map(\.id)
                try transaction.outbox.begin(ids[0], modem: "m", at: self.now)
                try transaction.outbox.beginPart(1, of: ids[0], modem: "m", at: self.now)
                try transaction.outbox.begin(ids[1], modem: "m", at: self.now)
                return try transaction.outbox.interrupted().map { ($0.message.body, $0.isDoubtful) }
            }
            #expect(interrupted.map(\.0) == ["flying", "waiting"] && interrupted.map(\.1) == [true, false])
        }
    }

    @Test("a delivery report finds its part, even if it arrives before the part's acceptance is recorded")
    func reports() async throws {
        for isEarly in [false, true] {
            try await withStore { store in
                let message = try message("token", .token)
                let state = try await store.write { transaction in
                    try transaction.outbox.queue(message, at: self.now)
                    let id = try transaction.outbox.due(MessageClass.allCases, at: self.now, limit: 1)[0].id
                    func report() throws {
                        _ = try transaction.outbox.report(
                            modem: "m", recipient: "+255712000678", reference: 7, delivered: true,
                            since: self.now.adding(.seconds(-60)),
                            at: self.now)
                    }
                    try transaction.outbox.begin(id, modem: "m", at: self.now)
                    try transaction.outbox.beginPart(1, of: id, modem: "m", at: self.now)
                    if isEarly { try report() }
                    try transaction.outbox.partAccepted(1, of: id, reference: 7, at: self.now)
                    try transaction.outbox.setState(.sent, of: id, at: self.now)
                    try transaction.outbox.takeEarlyReports(modem: "m", reference: 7, at: self.now)
                    if !isEarly { try report() }
                    return try transaction.outbox.message(id)?.state
                }
                #expect(state == .delivered, "early: \(isEarly)")
            }
        }
    }
}
