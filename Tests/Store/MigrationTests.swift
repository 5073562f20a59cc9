import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("A database of an earlier version")
struct MigrationTests {
    @Test("opens with everything that was in it, and goes on")
    func upgrade() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "1")
            try await old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO outbox_message (dedupe_key, class, recipient, body, coding, state, not_before, expires_at,
                        created_at, updated_at, reference) VALUES ('k', 0, '+255712000678', 'Token', 'gsm7', 'queued', 1, 9000000000000, 1, 1, 1);
                        INSERT INTO outbox_part (message_id, number, body, state) VALUES (1, 1, 'Token', 'waiting');
                        INSERT INTO inbox_message (modem, originator, smsc, body, received_at, state)
                        VALUES ('m', '+255712000678', '', 'help', 1, 'waiting');
                        """)
            }
            try old.close()
            let store = try Store(path: path)
            let now = Timestamp(seconds: 1_795_000_000)
            let (due, waiting, categories) = try await store.read { transaction in
                (
                    try transaction.outbox.due(at: now, limit: 5).compactMap { try transaction.outbox.message($0.id) },
                    try transaction.inbox.waiting(limit: 5), try transaction.tickets.categories()
                )
            }
            #expect(due.map(\.body) == ["Token"] && due.allSatisfy { !$0.isAutomatic && $0.broadcast == nil })
            #expect(waiting.map(\.body) == ["help"])
            #expect(Set(categories.map(\.name)).isSuperset(of: TicketCategory.allCases.map(\.rawValue)))
            let ticket = try await store.write {
                try $0.tickets.open(Ticket(category: "question", subject: "x", at: now))
            }
            #expect(ticket == TicketID(1))
            try store.close()
        }
    }

    @Test("payouts are never changed or deleted")
    func finalPayouts() async throws {
        try await Fixtures.withFolder { folder in
            let store = try Store(path: folder.appendingPathComponent("db").path)
            let now = Timestamp(seconds: 1_795_000_000)
            try await store.write { transaction in
                let person = try transaction.people.insert(
                    Person(role: .contractor, name: "Juma", language: nil, phones: [], miniGrids: []), at: now)
                let id = try transaction.tickets.open(Ticket(category: "maintenance", subject: "x", at: now))
                let job = Job(
                    ticket: id, contractor: person, task: "x", place: nil, price: Money(minor: 5), deadline: nil,
                    at: now)
                try transaction.jobs.insert(job)
                try transaction.jobs.pay(job, reference: nil, uid: nil, at: now)
            }
            for sql in [
                "DELETE FROM payout", "UPDATE payout SET amount = 1", "DELETE FROM payout_job",
                "UPDATE payout_job SET amount = 1",
            ] {
                await #expect(throws: (any Error).self) {
                    try await store.write { try $0.database.execute(sql: sql) }
                }
            }
            try store.close()
        }
    }
}
