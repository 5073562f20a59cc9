import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Migration of a database")
struct MigrationTests {
    @Test("a database of version 1 keeps its messages and accepts tickets")
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
                    try transaction.outbox.due(MessageClass.allCases, at: now, limit: 5).compactMap {
                        try transaction.outbox.message($0.id)
                    },
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

    @Test("a database of version 2 keeps tokens and payments, and access rates are first due a period from now")
    func debts() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "2")
            try await old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO cluster (name) VALUES ('Pwani');
                        INSERT INTO mini_grid (cluster_id, name) VALUES (1, 'Kisiwa');
                        INSERT INTO village (mini_grid_id, name) VALUES (1, 'Kijiji');
                        INSERT INTO tariff (name, base_price, access_rate, access_period_days) VALUES ('D', 2500000, 50000, 30);
                        INSERT INTO customer (name, village_id, created_at) VALUES ('Rehema', 1, 1);
                        INSERT INTO device (customer_id, kind, serial, token, tariff_id, sgc, krn, kt, ti, ea, base_date, last_tid,
                        created_at) VALUES (1, 'meter', '01450000011', 'sts', 1, '600100', 1, 2, 1, 11, 2014, 5, 1);
                        INSERT INTO payment (provider, txn_id, amount, currency, state, device_id, received_at, updated_at)
                        VALUES ('p', 't', 5, 'TZS', 'completed', 1, 1, 1);
                        INSERT INTO allocation (payment_id, kind, amount, device_id, energy) VALUES (1, 'energy', 5, 1, 40);
                        INSERT INTO token (device_id, payment_id, digits, tid, energy, created_at)
                        VALUES (1, 1, '12345678901234567890', 5, 40, 1794000000000);
                        """)
            }
            try old.close()
            let store = try Store(path: path)
            let (token, mark, next, allocation) = try await store.read { transaction in
                (
                    try transaction.tokens.token(of: PaymentID(1)), try transaction.clock.mark(),
                    try transaction.accessRates.next(of: DeviceID(1)),
                    try transaction.payments.allocations(of: PaymentID(1), use: 0).first
                )
            }
            #expect(token?.digits == "12345678901234567890" && token?.baseDate == 2014 && token?.isUndone == false)
            #expect(mark == Timestamp(seconds: 1_794_000_000))
            #expect(allocation?.energy.tenths == 40)
            let today = CalendarDate(daysSince1970: Int(SystemClock().now.milliseconds / 86_400_000))
            #expect([29, 30, 31].map { today.adding(days: $0) }.contains(try #require(next)))
            try store.close()
        }
    }

    @Test("a database of version 6 gets codes for its hold reasons and links from token messages to tokens")
    func facts() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let old = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(old, upTo: "6")
            try await old.write { database in
                try database.execute(
                    sql: """
                        INSERT INTO cluster (name) VALUES ('Pwani');
                        INSERT INTO mini_grid (cluster_id, name) VALUES (1, 'Kisiwa');
                        INSERT INTO village (mini_grid_id, name) VALUES (1, 'Kijiji');
                        INSERT INTO customer (name, village_id, created_at) VALUES ('Rehema', 1, 1);
                        INSERT INTO device (customer_id, kind, serial, token, created_at)
                        VALUES (1, 'meter', '01450000011', 'sts', 1);
                        INSERT INTO payment (provider, txn_id, amount, currency, state, reasons, received_at, updated_at) VALUES
                        ('mpesa-tz', 'A', 100, 'TZS', 'held', 'nothing proves it, and it is beyond what may be credited without proof', 1, 1),
                        ('mpesa-tz', 'B', 100, 'TZS', 'held', 'parts of the text are missing' || char(10) || 'something else', 1, 1),
                        ('mpesa-tz', 'C', 100, 'TZS', 'completed', NULL, 1, 1);
                        INSERT INTO token (device_id, payment_id, digits, created_at) VALUES (1, 3, '12345678901234567890', 1);
                        INSERT INTO outbox_message (dedupe_key, class, recipient, body, coding, state, payment_id, not_before,
                        expires_at, created_at, updated_at, reference) VALUES
                        ('t', 0, '+255712000678', 'Token: 1234 5678 9012 3456 7890', 'gsm7', 'queued', 3, 1, 9, 1, 1, 1),
                        ('a', 1, '+255712000678', 'Token: 1234 5678 9012 3456 7890', 'gsm7', 'queued', 3, 1, 9, 1, 1, 1);
                        INSERT INTO inbox_message (modem, originator, smsc, body, received_at, state, note) VALUES
                        ('office', '', '', '', 1, 'failed', 'the message at place 7 of the modem cannot be read; it was left there');
                        """)
            }
            try old.close()
            let store = try Store(path: path)
            let now = Timestamp(seconds: 1_795_000_000)
            let reasons = try await store.read { try $0.payments.payments(before: nil, state: .held, limit: 9) }
            #expect(reasons.map(\.reasons) == [[.missingParts, .note("something else")], [.beyondBudget]])
            let messages = try await store.read { try $0.outbox.messages(of: PaymentID(3)) }
            #expect(messages.map(\.token) == [TokenID(1), nil])
            let isNew = try await store.write {
                (
                    try $0.inbox.noteUnreadable(7, in: "office", at: now),
                    try $0.inbox.noteUnreadable(7, in: "village", at: now)
                )
            }
            #expect(!isNew.0 && isNew.1)
            #expect(try await store.write { try $0.outbox.withdrawMessages(bringing: TokenID(1), at: now) })
            let states = try await store.read { try $0.outbox.messages(of: PaymentID(3)).map(\.state) }
            #expect(states == [.cancelled, .queued])
            try store.close()
        }
    }

    @Test("payouts cannot be changed or deleted")
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
