import Workers
import Domain
import Foundation
import GRDB

/// Outgoing messages and their parts.
package struct OutboxRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    /// Queues a message with its parts; `false` if a message with its key was queued before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func queue(_ message: OutboxMessage, at now: Timestamp) throws -> Bool {
        // A broadcast queues up to a hundred thousand messages at once, so the statements are kept compiled.
        // The reference tells the parts of one message from those of another; a message with one part needs none.
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
                not_before, expires_at, created_at, updated_at, reference, is_automatic, ticket_entry_id, broadcast_id, token_id)
                VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (dedupe_key) DO NOTHING
                """
        ).execute(
            arguments: [
                message.dedupeKey, message.messageClass.rawValue, message.recipient.e164, message.body,
                message.isUCS2 ? "ucs2" : "gsm7", message.payment?.number, message.message?.number,
                message.notBefore.milliseconds,
                message.expiresAt.milliseconds, now.milliseconds, now.milliseconds,
                ((last ?? Int(message.recipient.e164.suffix(2)) ?? 0) + 1) % 256, message.isAutomatic,
                message.entry?.number, message.broadcast?.number, message.token?.number,
            ])
        guard database.changesCount == 1 else { return false }
        transaction.wake(.outbox)
        let id = transaction.lastRow
        let part = try database.cachedStatement(
            sql: "INSERT INTO outbox_part (message_id, number, body, state) VALUES (?, ?, ?, 'waiting')")
        for (index, body) in message.parts.enumerated() { try part.execute(arguments: [id, index + 1, body]) }
        return true
    }

    /// A message that may be sent now, not loaded completely yet.
    package struct Candidate: Sendable, Hashable {
        package let id: OutboxMessageID
        package let recipient: PhoneNumber
        /// The modems that are to leave the message to another one.
        package var refusedBy: Set<String> = []

        package init(id: OutboxMessageID, recipient: PhoneNumber, refusedBy: Set<String> = []) {
            self.id = id
            self.recipient = recipient
            self.refusedBy = refusedBy
        }
    }

    /// Queued messages of some classes that may be sent now, except broadcasts: the most urgent classes first,
    /// automatic replies last in each class.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func due(_ classes: [MessageClass], at now: Timestamp, limit: Int) throws -> [Candidate] {
        var due: [Candidate] = []
        for messageClass in classes {
            for isAutomatic in [false, true] where due.count < limit {
                due += try candidates(
                    """
                    state = 'queued' AND broadcast_id IS NULL AND class = ? AND is_automatic = ? AND not_before <= ?
                    ORDER BY not_before, id LIMIT ?
                    """, [messageClass.rawValue, isAutomatic, now.milliseconds, limit - due.count])
            }
        }
        return due
    }

    /// The first message of the running broadcasts that may be sent now and that `isWanted` accepts; safety
    /// broadcasts come first, then service, then promotion.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func dueBroadcast(
        _ classes: [BroadcastClass], at now: Timestamp, limit: Int, where isWanted: (Candidate) -> Bool
    ) throws -> Candidate? {
        for broadcast in try transaction.broadcasts.running(classes, at: now) {
            let waiting = try candidates(
                "broadcast_id = ? AND state = 'queued' AND not_before <= ? ORDER BY id LIMIT ?",
                [broadcast.number, now.milliseconds, limit])
            if let next = waiting.first(where: isWanted) { return next }
        }
        return nil
    }

    private func candidates(_ condition: String, _ arguments: StatementArguments) throws -> [Candidate] {
        try transaction.rows(
            """
            SELECT id, recipient, (SELECT GROUP_CONCAT(modem, char(10)) FROM outbox_attempt
            WHERE message_id = outbox_message.id AND outcome = 'refused') AS refused_by
            FROM outbox_message WHERE \(condition)
            """, arguments
        ).compactMap { row in
            guard let recipient = PhoneNumber(e164: row["recipient"] as String) else { return nil }
            let refusedBy = (row["refused_by"] as String?)?.split(separator: "\n").map(String.init) ?? []
            return Candidate(id: OutboxMessageID(row["id"]), recipient: recipient, refusedBy: Set(refusedBy))
        }
    }

    /// When the next message may be sent, except broadcasts.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func nextTime() throws -> Timestamp? {
        // One query per class, because the index is ordered by class.
        try MessageClass.allCases.flatMap { [($0, false), ($0, true)] }.compactMap { messageClass, isAutomatic in
            try Int64.fetchOne(
                database,
                sql: """
                    SELECT MIN(not_before) FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL
                    AND class = ? AND is_automatic = ?
                    """, arguments: [messageClass.rawValue, isAutomatic])
        }.min().map(Timestamp.init(milliseconds:))
    }

    /// The message with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func message(_ id: OutboxMessageID) throws -> OutboxMessage? { try messages("id = ?", [id.number]).first }

    /// Messages older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func messages(before: Int64?, state: OutboxState?, limit: Int) throws -> [OutboxMessage] {
        try messages(
            "id < ? AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, state?.rawValue, state?.rawValue, limit])
    }

    /// The messages about a payment, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func messages(of payment: PaymentID) throws -> [OutboxMessage] {
        try messages("payment_id = ? ORDER BY id", [payment.number])
    }

    func messages(_ condition: String, _ arguments: StatementArguments) throws -> [OutboxMessage] {
        let rows = try transaction.rows("SELECT * FROM outbox_message WHERE \(condition)", arguments)
        let parts = try transaction.rows(
            of: rows.map { $0["id"] }, by: "message_id",
            "SELECT message_id, body FROM outbox_part WHERE message_id IN (#) ORDER BY message_id, number")
        return try rows.map { row in
            try OutboxMessage(row: row, parts: (parts[row["id"]] ?? []).map { $0["body"] })
        }
    }

    /// The parts of a message, in order.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func parts(of id: OutboxMessageID) throws -> [OutboxPart] {
        try transaction.rows("SELECT * FROM outbox_part WHERE message_id = ? ORDER BY number", [id.number]).map {
            OutboxPart(
                number: $0["number"], body: $0["body"], state: try $0.known("state", of: "outbox_part"),
                modem: $0["modem"],
                sentAt: ($0["sent_at"] as Int64?).map(Timestamp.init(milliseconds:)))
        }
    }

    /// The number of queued messages, except broadcasts.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func waitingCount() throws -> Int {
        try Int.fetchOne(
            database,
            sql: "SELECT COUNT(*) FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL AND class >= 0")
            ?? 0
    }

    /// Whether a message other than a broadcast may be sent now.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func hasUrgent(at now: Timestamp) throws -> Bool {
        try transaction.rows(
            """
            SELECT 1 FROM outbox_message WHERE state = 'queued' AND broadcast_id IS NULL
            AND class >= 0 AND not_before <= ? ORDER BY class, not_before LIMIT 1
            """, [now.milliseconds]
        ).first != nil
    }

    /// Token messages that were not delivered and have no ticket yet.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func lostTokens(limit: Int) throws -> [OutboxMessage] {
        try messages(
            """
            class = 0 AND state IN ('failed', 'expired', 'unknown')
            AND NOT EXISTS (SELECT 1 FROM ticket WHERE cause = '\(TicketCause.Code.lostToken.rawValue)/' || outbox_message.id) ORDER BY id LIMIT ?
            """, [limit])
    }

    /// The messages that carried the entries of a ticket's thread.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func messages(ofThread ticket: TicketID) throws -> [EntryID: [OutboxMessage]] {
        let messages = try messages(
            "ticket_entry_id IN (SELECT id FROM ticket_entry WHERE ticket_id = ?) ORDER BY id", [ticket.number])
        return Dictionary(grouping: messages.filter { $0.entry != nil }) { $0.entry ?? EntryID(0) }
    }

    /// Cancels the queued broadcast messages to a phone.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func cancelBroadcasts(to phone: PhoneNumber, at now: Timestamp) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET state = 'cancelled', updated_at = ?
                WHERE recipient = ? AND state = 'queued' AND broadcast_id IS NOT NULL
                """, arguments: [now.milliseconds, phone.e164])
    }

    /// Cancels the messages that carry a token before they are sent. Returns `false`, and cancels nothing, if a part of
    /// one of them may have been sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; `.unknownValue` for an unknown value.
    package func withdrawMessages(bringing token: TokenID, at now: Timestamp) throws -> Bool {
        let messages = try messages("token_id = ?", [token.number])
        let mayHaveGone = try messages.contains { message in
            try [.sending, .sent, .delivered, .unknown].contains(message.state)
                || parts(of: message.id).contains { ![.waiting, .failed].contains($0.state) }
        }
        guard !mayHaveGone else { return false }
        for message in messages where message.state == .queued { try setState(.cancelled, of: message.id, at: now) }
        return true
    }

    /// The number of messages by state.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
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
    init(row: Row, parts: [String]) throws {
        let messageClass: MessageClass = try row.known("class", of: "outbox_message")
        guard let recipient = PhoneNumber(e164: row["recipient"] as String) else {
            throw StoreError.unknownValue(row["recipient"], column: "outbox_message.recipient", row: row["id"])
        }
        self.init(
            dedupeKey: row["dedupe_key"], messageClass: messageClass, recipient: recipient, body: row["body"],
            isUCS2: (row["coding"] as String) == "ucs2", parts: parts,
            payment: (row["payment_id"] as Int64?).map(PaymentID.init),
            message: (row["inbox_message_id"] as Int64?).map(InboxMessageID.init),
            now: Timestamp(milliseconds: row["created_at"]))
        id = OutboxMessageID(row["id"])
        state = try row.known("state", of: "outbox_message")
        attempts = row["attempts"]
        notBefore = Timestamp(milliseconds: row["not_before"])
        expiresAt = Timestamp(milliseconds: row["expires_at"])
        isAutomatic = row["is_automatic"]
        entry = (row["ticket_entry_id"] as Int64?).map(EntryID.init)
        token = (row["token_id"] as Int64?).map(TokenID.init)
        broadcast = (row["broadcast_id"] as Int64?).map(BroadcastID.init)
        reference = row["reference"]
        modem = row["modem"]
        error = row["error"]
    }
}

extension Transaction {
    package var outbox: OutboxRecords { OutboxRecords(transaction: self) }
}
