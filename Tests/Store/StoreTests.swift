import Domain
import Foundation
import GRDB
import Store
import TestSupport
import Testing

@Suite("The store")
struct StoreTests {
    private let now = Timestamp(seconds: 1_795_000_000)

    private func part(
        _ body: String, _ number: Int = 1, of total: Int = 1, reference: Int? = nil, from: String = "M-PESA",
        at seconds: Int64 = 1
    )
        -> InboxPart
    {
        InboxPart(
            modem: "m", originator: from, smsc: "+255754000004", sentAt: Timestamp(seconds: seconds),
            reference: reference,
            total: total, number: number, body: body, coding: "gsm7")
    }

    private func withStore(_ body: (Store, String) async throws -> Void) async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try await body(try Store(path: path), path)
        }
    }

    @Test("the writer uses synchronous = FULL")
    func durability() async throws {
        try await withStore { store, _ in
            let level = try store.synchronous()
            #expect(level == 2)
        }
    }

    @Test("a second daemon on the same file is refused")
    func lock() async throws {
        try await withStore { store, path in
            let refusal = #expect(throws: Store.Refusal.self) { try Store(path: path) }
            #expect("\(refusal.map(String.init(describing:)) ?? "")".contains("in use"))
            _ = store
        }
    }

    @Test("a part read again after a crash is not stored twice")
    func seenAgain() async throws {
        try await withStore { store, _ in
            let stored = try await store.write { transaction in
                [
                    try transaction.inbox.store(self.part("a"), at: self.now),
                    try transaction.inbox.store(self.part("a"), at: self.now),
                    try transaction.inbox.store(self.part("a", at: 2), at: self.now),
                ]
            }
            #expect(stored.map { $0 != nil } == [true, false, true])
        }
    }

    @Test("parts are joined whatever their order of arrival", arguments: 1...10)
    func joining(seed: Int) async throws {
        try await withStore { store, _ in
            var random = SeededGenerator(seed: UInt64(seed))
            var parts: [InboxPart] = []
            var wanted: Set<String> = []
            for message in 0..<6 {
                let total = Int.random(in: 1...5, using: &random)
                let bodies = (1...total).map { "m\(message)p\($0)." }
                wanted.insert(bodies.joined())
                for number in 1...total {
                    parts.append(
                        part(
                            bodies[number - 1], number, of: total, reference: total > 1 ? message % 2 : nil,
                            from: message < 3 ? "M-PESA" : "Airtel", at: Int64(message * 100)))
                }
            }
            parts.shuffle(using: &random)
            let shuffled = parts
            let bodies = try await store.write { transaction in
                for part in shuffled {
                    guard let id = try transaction.inbox.store(part, at: self.now),
                        let message = try transaction.inbox.openParts(beside: part).message(completedBy: id)
                    else { continue }
                    try transaction.inbox.join(message, at: self.now)
                }
                return try transaction.inbox.waiting(limit: 100).filter { !$0.isIncomplete }.map(\.body)
            }
            #expect(Set(bodies) == wanted, "seed \(seed)")
        }
    }

    @Test("an unbalanced ledger entry rolls back its whole transaction")
    func unbalanced() async throws {
        try await withStore { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.write { transaction in
                    try transaction.auditLog.note("x", detail: "y", uid: nil, at: self.now)
                    try transaction.ledger.book(
                        "wrong", [Posting(.suspense, Money(minor: 1))], payment: nil, at: self.now)
                }
            }
        }
    }

    @Test("the database refuses changes of the ledger and a second payment with the same id")
    func constraints() async throws {
        try await withStore { store, path in
            let first = try await store.write { transaction in
                let payment = Payment(
                    provider: "p", transactionID: "T1", amount: Money(minor: 100), currency: "TZS", payerName: nil,
                    payerPhone: nil,
                    reference: nil, newBalance: nil, fee: nil, providerTime: nil, message: nil, receivedAt: self.now)
                let ids = [try transaction.payments.insert(payment), try transaction.payments.insert(payment)]
                try transaction.ledger.book(
                    "e", [Posting(.suspense, Money(minor: -100)), Posting(.wallet(provider: "p"), Money(minor: 100))],
                    payment: ids[0],
                    at: self.now)
                return ids
            }
            #expect(first[0] != nil && first[1] == nil)
            try store.close()
            let raw = try DatabaseQueue(path: path)
            for sql in [
                "UPDATE posting SET amount = 5", "DELETE FROM posting", "UPDATE entry SET memo = 'x'",
                "DELETE FROM entry",
            ] {
                #expect(throws: DatabaseError.self) { try raw.write { try $0.execute(sql: sql) } }
            }
        }
    }

    @Test(
        "each audit proof finds its violation",
        arguments: [
            (
                "INSERT INTO posting (entry_id, account, amount) SELECT id, 'suspense', 5 FROM entry",
                "every entry balances"
            ),
            ("UPDATE payment SET state = 'halb'", "every stored value is known to this version"),
            ("UPDATE payment SET reasons = 'a sentence'", "every stored value is known to this version"),
            (
                "UPDATE payment SET reasons = '[{\"code\":\"of_tomorrow\"}]'",
                "every stored value is known to this version"
            ),
            (
                "INSERT INTO ticket (category_id, subject, priority, status, cause, created_at, updated_at) VALUES (1, 'x', 'low', 'open', 'of-tomorrow/1', 1, 1)",
                "every stored value is known to this version"
            ),
            ("UPDATE payment SET state = 'accepted'", "no payment is in a transient state"),
            ("UPDATE payment SET state = 'held'", "held and rejected payments have no ledger entries"),
            ("UPDATE payment SET amount = 7", "every accepted payment is booked to a wallet once"),
            ("UPDATE payment SET state = 'completed'", "the suspense account equals the payments in suspense"),
            ("UPDATE payment SET state = 'completed'", "every allocated payment is fully allocated"),
            (
                "INSERT INTO allocation (payment_id, kind, amount) VALUES (1, 'energy', 100)",
                "a payment in any other state has no allocations, or all were undone"
            ),
        ])
    func audit(sql: String, proof: String) async throws {
        try await withStore { store, path in
            try await store.write { transaction in
                let payment = Payment(
                    provider: "p", transactionID: "T1", amount: Money(minor: 100), currency: "TZS", payerName: nil,
                    payerPhone: nil,
                    reference: nil, newBalance: nil, fee: nil, providerTime: nil, message: nil, receivedAt: self.now)
                let id = try transaction.payments.insert(payment)
                try transaction.ledger.book(
                    "e", [Posting(.suspense, Money(minor: -100)), Posting(.wallet(provider: "p"), Money(minor: 100))],
                    payment: id,
                    at: self.now)
                if let id { try transaction.payments.move(id, to: .suspense, at: self.now) }
            }
            #expect(try await store.read { try $0.audit.findings() }.isEmpty)
            try store.close()
            let raw = try DatabaseQueue(path: path)
            try await raw.write { try $0.execute(sql: sql) }
            try raw.close()
            // The first store is still alive and a lock is held while its store exists, so a copy of the file is
            // opened.
            let copy = path + "-copy"
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            let tampered = try Store(path: copy)
            #expect(try await tampered.read { try $0.audit.findings() }.contains { $0.proof == proof })
        }
    }

    @Test("a payment cannot skip a state")
    func states() async throws {
        try await withStore { store, _ in
            await #expect(throws: StoreError.self) {
                try await store.write { transaction in
                    let payment = Payment(
                        provider: "p", transactionID: "T1", amount: Money(minor: 100), currency: "TZS", payerName: nil,
                        payerPhone: nil,
                        reference: nil, newBalance: nil, fee: nil, providerTime: nil, message: nil, receivedAt: self.now
                    )
                    if let id = try transaction.payments.insert(payment) {
                        try transaction.payments.move(id, to: .completed, at: self.now)
                    }
                }
            }
        }
    }

    @Test("a transaction is not interrupted when its caller is cancelled")
    func cancellation() async throws {
        try await withStore { store, _ in
            let task = Task {
                try await store.write { transaction in
                    for number in 0..<200 {
                        try transaction.auditLog.note("n", detail: "\(number)", uid: nil, at: self.now)
                    }
                    return true
                }
            }
            task.cancel()
            let isDone = try await task.value
            #expect(isDone)
        }
    }
}
