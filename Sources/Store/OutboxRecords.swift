import Domain
import Foundation
import GRDB

/// A message on its way out.
package struct OutboxMessage: Sendable, Hashable {
    package var id = OutboxMessageID(0)
    /// Queueing the same key again does nothing.
    package var dedupeKey: String
    package var messageClass: MessageClass
    package var recipient: PhoneNumber
    package var body: String
    package var isUCS2: Bool
    package var parts: [String]
    package var state = OutboxState.queued
    package var payment: PaymentID?
    package var message: InboxMessageID?
    /// An automatic answer to a person's text: how many of them a number gets is limited.
    package var isAutomatic = false
    /// The entry of a ticket's thread that it carries.
    package var entry: EntryID?
    package var broadcast: BroadcastID?
    package var attempts = 0
    package var notBefore: Timestamp
    package var expiresAt: Timestamp
    /// The concatenation reference, 0...255: counted for each recipient, so that two messages never share one.
    package var reference = 0
    package var modem: String?
    package var error: String?

    package init(
        dedupeKey: String, messageClass: MessageClass, recipient: PhoneNumber, body: String, isUCS2: Bool,
        parts: [String],
        payment: PaymentID? = nil, message: InboxMessageID? = nil, now: Timestamp
    ) {
        self.dedupeKey = dedupeKey
        self.messageClass = messageClass
        self.recipient = recipient
        self.body = body
        self.isUCS2 = isUCS2
        self.parts = parts
        self.payment = payment
        self.message = message
        notBefore = now
        expiresAt = now.adding(messageClass.lifetime)
    }
}

/// One part and what became of it.
package struct OutboxPart: Sendable, Hashable {
    package var number: Int
    package var body: String
    /// `waiting`, `sending`, `sent`, `delivered`, `failed` or `unknown`.
    package var state: String
    package var modem: String?
    package var sentAt: Timestamp?
}

package struct OutboxRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Queues a message with its parts; `false` when its key was queued before.
    @discardableResult
    package func queue(_ message: OutboxMessage, at now: Timestamp) throws -> Bool {
        // Broadcasts queue a hundred thousand at once: statements that come again are kept.
        // The reference tells the parts of one message from those of another; a single part has none.
        let last =
            message.parts.count == 1
            ? nil
            : try Int.fetchOne(
                database.cachedStatement(
                    sql:
                        "SELECT reference FROM outbox_message WHERE recipient = ? ORDER BY created_at DESC, id DESC LIMIT 1"
                ), arguments: [message.recipient.e164])
        try database.cachedStatement(
            sql: """
                INSERT INTO outbox_message (dedupe_key, class, recipient, body, coding, state, payment_id, inbox_message_id,
                not_before, expires_at, created_at, updated_at, reference, is_automatic, ticket_entry_id, broadcast_id)
                VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING
                """
        ).execute(
            arguments: [
                message.dedupeKey, message.messageClass.rawValue, message.recipient.e164, message.body,
                message.isUCS2 ? "ucs2" : "gsm7", message.payment?.number, message.message?.number,
                message.notBefore.milliseconds,
                message.expiresAt.milliseconds, now.milliseconds, now.milliseconds,
                ((last ?? Int(message.recipient.e164.suffix(2)) ?? 0) + 1) % 256, message.isAutomatic,
                message.entry?.number, message.broadcast?.number,
            ])
        guard database.changesCount == 1 else { return false }
        let id = transaction.lastRow
        let part = try database.cachedStatement(
            sql: "INSERT INTO outbox_part (message_id, number, body, state) VALUES (?, ?, ?, 'waiting')")
        for (index, body) in message.parts.enumerated() { try part.execute(arguments: [id, index + 1, body]) }
        return true
    }

    /// A message that may go now, before it is read as a whole.
    package struct Candidate: Sendable, Hashable {
        package let id: OutboxMessageID
        package let recipient: PhoneNumber
    }

    /// Messages that may go now and that no modem has in hand, the most urgent first; all but broadcasts.
    package func due(at now: Timestamp, limit: Int) throws -> [Candidate] {
        try candidates(
            """
            state = 'queued' AND broadcast_id IS NULL AND not_before <= ? ORDER BY class, not_before, id LIMIT ?
            """, [now.milliseconds, limit])
    }

    /// The first message of the running broadcasts that may go now to a phone that is wanted, safety before service before
    /// promotion.
    package func dueBroadcast(
        _ classes: [BroadcastClass], at now: Timestamp, limit: Int, to isWanted: (PhoneNumber) -> Bool
    ) throws -> Candidate? {
        for broadcast in try transaction.broadcasts.running(at: now) where classes.contains(broadcast.broadcastClass) {
            let waiting = try candidates(
                "broadcast_id = ? AND state = 'queued' AND not_before <= ? ORDER BY id LIMIT ?",
                [broadcast.id.number, now.milliseconds, limit])
            if let next = waiting.first(where: { isWanted($0.recipient) }) { return next }
        }
        return nil
    }

    private func candidates(_ condition: String, _ arguments: StatementArguments) throws -> [Candidate] {
        try transaction.rows("SELECT id, recipient FROM outbox_message WHERE \(condition)", arguments).compactMap {
            row in
            PhoneNumber(e164: row["recipient"] as String).map {
                Candidate(id: OutboxMessageID(row["id"]), recipient: $0)
            }
        }
    }

    /// When the next message may go, broadcasts left out.
    package func nextTime() throws -> Timestamp? {
        // By class, as the index has them.
        try MessageClass.allCases.compactMap { messageClass in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT MIN(not_before) FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL AND class = ?
                    """, arguments: [messageClass.rawValue])
        }.min().map(Timestamp.init(milliseconds:))
    }

    package func message(_ id: OutboxMessageID) throws -> OutboxMessage? { try messages("id = ?", [id.number]).first }

    /// Newest first, older than `before`.
    package func messages(before: Int64?, state: OutboxState?, limit: Int) throws -> [OutboxMessage] {
        try messages(
            "id < ? AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, state?.rawValue, state?.rawValue, limit])
    }

    package func messages(of payment: PaymentID) throws -> [OutboxMessage] {
        try messages("payment_id = ? ORDER BY id", [payment.number])
    }

    private func messages(_ condition: String, _ arguments: StatementArguments) throws -> [OutboxMessage] {
        try Row.fetchAll(database, sql: "SELECT * FROM outbox_message WHERE \(condition)", arguments: arguments)
            .compactMap { row in
                let parts = try self.parts(of: OutboxMessageID(row["id"])).map(\.body)
                return OutboxMessage(row: row, parts: parts)
            }
    }

    package func parts(of id: OutboxMessageID) throws -> [OutboxPart] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM outbox_part WHERE message_id = ? ORDER BY number", arguments: [id.number]
        ).map {
            OutboxPart(
                number: $0["number"], body: $0["body"], state: $0["state"], modem: $0["modem"],
                sentAt: ($0["sent_at"] as Int64?).map(Timestamp.init(milliseconds:)))
        }
    }

    // MARK: The way of a part

    /// Takes a message in hand.
    package func begin(_ id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE outbox_message SET state = 'sending', modem = ?, updated_at = ? WHERE id = ?",
            arguments: [modem, now.milliseconds, id.number])
    }

    /// Says, before it is done, that a part is about to be sent: after a crash it is in doubt, and not unsent.
    package func beginPart(_ number: Int, of id: OutboxMessageID, modem: String, at now: Timestamp) throws {
        try setPart(number, of: id, "sending")
        try database.execute(
            sql: "UPDATE outbox_part SET modem = ?, sent_at = ? WHERE message_id = ? AND number = ?",
            arguments: [modem, now.milliseconds, id.number, number])
    }

    package func partAccepted(_ number: Int, of id: OutboxMessageID, reference: Int, at now: Timestamp) throws {
        try setPart(number, of: id, "sent")
        try database.execute(
            sql: "UPDATE outbox_part SET reference = ? WHERE message_id = ? AND number = ?",
            arguments: [reference, id.number, number])
    }

    /// Takes delivery reports that came before `partAccepted` noted their reference.
    package func takeEarlyReports(modem: String, reference: Int, at now: Timestamp) throws {
        let rows = try Row.fetchAll(
            database, sql: "SELECT rowid, * FROM early_report WHERE modem = ? AND reference = ? AND at >= ?",
            arguments: [modem, reference, now.adding(.seconds(-60)).milliseconds])
        for row in rows {
            try database.execute(sql: "DELETE FROM early_report WHERE rowid = ?", arguments: [row["rowid"] as Int64])
            _ = try report(
                modem: modem, recipient: row["recipient"], reference: reference, delivered: row["delivered"],
                since: now.adding(.seconds(-60)), at: now)
        }
    }

    package func setPart(_ number: Int, of id: OutboxMessageID, _ state: String) throws {
        try database.execute(
            sql: "UPDATE outbox_part SET state = ? WHERE message_id = ? AND number = ?",
            arguments: [state, id.number, number])
    }

    /// Lets all parts be sent again, as a new message.
    package func restart(_ id: OutboxMessageID) throws {
        try database.execute(
            sql: "UPDATE outbox_part SET state = 'waiting', reference = NULL WHERE message_id = ?",
            arguments: [id.number])
        try database.execute(
            sql: "UPDATE outbox_message SET reference = (reference + 1) % 256 WHERE id = ?", arguments: [id.number])
    }

    /// Moves a message to a state, and later to its next try.
    package func setState(
        _ state: OutboxState, of id: OutboxMessageID, error: String? = nil, retryAt: Timestamp? = nil,
        countsAttempt: Bool = false,
        at now: Timestamp
    ) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = ?, error = ?, not_before = COALESCE(?, not_before), attempts = attempts + ?,
                updated_at = ? WHERE id = ?
                """,
            arguments: [
                state.rawValue, error, retryAt?.milliseconds, countsAttempt ? 1 : 0, now.milliseconds, id.number,
            ])
        if state == .queued { try takeBackIfOver(id) }
    }

    /// A broadcast's message that comes back from a modem waits no more when its broadcast was cancelled or its phone opted
    /// out meanwhile.
    private func takeBackIfOver(_ id: OutboxMessageID) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = 'cancelled' WHERE id = ? AND broadcast_id IS NOT NULL AND (
                EXISTS (SELECT 1 FROM broadcast WHERE broadcast.id = broadcast_id AND broadcast.state = 'cancelled')
                OR EXISTS (SELECT 1 FROM phone_choice WHERE phone = recipient AND opted_out_at IS NOT NULL))
                """, arguments: [id.number])
    }

    /// All parts are with the network. What a report said of an earlier part meanwhile stays.
    package func finishSending(_ id: OutboxMessageID, at now: Timestamp) throws {
        try database.execute(
            sql:
                "UPDATE outbox_message SET state = 'sent', error = NULL, updated_at = ? WHERE id = ? AND state = 'sending'",
            arguments: [now.milliseconds, id.number])
    }

    /// Messages whose time is over while they waited.
    package func expire(at now: Timestamp) throws -> Int {
        try database.execute(
            sql:
                "UPDATE outbox_message SET state = 'expired', updated_at = ? WHERE state = 'queued' AND expires_at <= ?",
            arguments: [now.milliseconds, now.milliseconds])
        return database.changesCount
    }

    /// After a crash: messages that were in hand, and whether a part of them was on the air.
    package func interrupted() throws -> [(message: OutboxMessage, isDoubtful: Bool)] {
        try messages("state = 'sending' ORDER BY id", []).map { message in
            let states = try self.parts(of: message.id).map(\.state)
            return (message, states.contains("sending"))
        }
    }

    // MARK: Limits

    /// Parts handed to a modem since a moment.
    package func partsSent(by modem: String, since moment: Timestamp) throws -> Int {
        try Int.fetchOne(
            database, sql: "SELECT COUNT(*) FROM outbox_part WHERE modem = ? AND sent_at >= ?",
            arguments: [modem, moment.milliseconds]) ?? 0
    }

    /// The moment of the n-th newest part that a modem was handed, n from 1.
    package func sendingTime(by modem: String, newest: Int) throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql:
                "SELECT sent_at FROM outbox_part WHERE modem = ? AND sent_at IS NOT NULL ORDER BY sent_at DESC LIMIT 1 OFFSET ?",
            arguments: [modem, newest - 1]
        ).map(Timestamp.init(milliseconds:))
    }

    /// Automatic answers queued for a phone since a moment.
    package func answers(to phone: PhoneNumber, since moment: Timestamp) throws -> [String] {
        try String.fetchAll(
            database,
            sql: "SELECT body FROM outbox_message WHERE recipient = ? AND created_at >= ? AND is_automatic = 1",
            arguments: [phone.e164, moment.milliseconds])
    }

    // MARK: For others

    /// How many messages wait, broadcasts left out.
    package func waitingCount() throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT COUNT(*) FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL AND class >= 0")
            ?? 0
    }

    /// Whether something more urgent than a broadcast wants to go.
    package func hasUrgent(at now: Timestamp) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: """
                SELECT EXISTS (SELECT 1 FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL
                AND class >= 0 AND not_before <= ? ORDER BY class, not_before)
                """, arguments: [now.milliseconds]) ?? false
    }

    /// Tokens that never reached their phone and that nobody was told of.
    package func lostTokens(limit: Int) throws -> [OutboxMessage] {
        try messages(
            """
            class = 0 AND state IN ('failed', 'expired', 'unknown')
            AND NOT EXISTS (SELECT 1 FROM ticket WHERE cause = 'token-lost/' || outbox_message.id) ORDER BY id LIMIT ?
            """, [limit])
    }

    /// The messages that carried an entry of a thread.
    package func messages(of entry: EntryID) throws -> [OutboxMessage] {
        try messages("ticket_entry_id = ? ORDER BY id", [entry.number])
    }

    /// Takes broadcasts back that wait for a phone.
    package func cancelBroadcasts(to phone: PhoneNumber, at now: Timestamp) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = 'cancelled', updated_at = ?
                WHERE recipient = ? AND state = 'queued' AND broadcast_id IS NOT NULL
                """, arguments: [now.milliseconds, phone.e164])
    }

    // MARK: Delivery reports

    /// Notes a delivery report; `false` when no part fits it. The newest part with that reference is meant.
    package func report(
        modem: String, recipient: String, reference: Int, delivered: Bool, since: Timestamp, at now: Timestamp
    ) throws
        -> Bool
    {
        let digits = recipient.filter(\.isNumber).suffix(8)
        let row = try Row.fetchOne(
            database,
            sql: """
                SELECT message_id, number FROM outbox_part JOIN outbox_message ON outbox_message.id = message_id
                WHERE outbox_part.modem = ? AND outbox_part.reference = ? AND sent_at >= ? AND recipient LIKE ?
                AND outbox_part.state = 'sent' ORDER BY sent_at DESC LIMIT 1
                """, arguments: [modem, reference, since.milliseconds, "%\(digits)"])
        guard let row else {
            // It may have overtaken the note of its own sending.
            try database.execute(
                sql: "DELETE FROM early_report WHERE at < ?", arguments: [now.adding(.seconds(-300)).milliseconds])
            try database.execute(
                sql: "INSERT INTO early_report (modem, reference, recipient, delivered, at) VALUES (?, ?, ?, ?, ?)",
                arguments: [modem, reference, recipient, delivered, now.milliseconds])
            return false
        }
        let id = OutboxMessageID(row["message_id"])
        try setPart(row["number"], of: id, delivered ? "delivered" : "failed")
        let states = try parts(of: id).map(\.state)
        if states.allSatisfy({ $0 == "delivered" }) {
            try setState(.delivered, of: id, at: now)
        } else if !delivered {
            try setState(.failed, of: id, error: "the network could not deliver it", at: now)
        }
        return true
    }

    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for row in try Row.fetchAll(
            database, sql: "SELECT state, COUNT(*) AS number FROM outbox_message GROUP BY state")
        {
            counts[row["state"]] = row["number"]
        }
        return counts
    }
}

extension OutboxMessage {
    init?(row: Row, parts: [String]) {
        guard let messageClass = MessageClass(rawValue: row["class"]),
            let recipient = PhoneNumber(e164: row["recipient"] as String)
        else { return nil }
        self.init(
            dedupeKey: row["dedupe_key"], messageClass: messageClass, recipient: recipient, body: row["body"],
            isUCS2: (row["coding"] as String) == "ucs2", parts: parts,
            payment: (row["payment_id"] as Int64?).map(PaymentID.init),
            message: (row["inbox_message_id"] as Int64?).map(InboxMessageID.init),
            now: Timestamp(milliseconds: row["created_at"]))
        id = OutboxMessageID(row["id"])
        state = OutboxState(rawValue: row["state"]) ?? .failed
        attempts = row["attempts"]
        notBefore = Timestamp(milliseconds: row["not_before"])
        expiresAt = Timestamp(milliseconds: row["expires_at"])
        isAutomatic = row["is_automatic"]
        entry = (row["ticket_entry_id"] as Int64?).map(EntryID.init)
        broadcast = (row["broadcast_id"] as Int64?).map(BroadcastID.init)
        reference = row["reference"]
        modem = row["modem"]
        error = row["error"]
    }
}

extension Transaction {
    package var outbox: OutboxRecords { OutboxRecords(transaction: self) }
}
