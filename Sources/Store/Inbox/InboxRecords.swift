import Workers
import Domain
import GRDB

/// Received message parts and inbound messages.
package struct InboxRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    /// How many times an originator has sent a text since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func count(of text: String, from originator: String, since moment: Timestamp) throws -> Int {
        try transaction.rows(
            "SELECT COUNT(*) AS n FROM inbox_message WHERE originator = ? AND received_at >= ? AND body = ?",
            [originator, moment.milliseconds, text]
        ).first?["n"] ?? 0
    }

    /// Stores a part and returns its id; `nil` if it was stored before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func store(_ part: InboxPart, at now: Timestamp) throws -> Int64? {
        try database.execute(
            sql: """
                INSERT INTO inbox_part (fingerprint, modem, originator, smsc, sent_at, reference, total, number, body, coding, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING
                """,
            arguments: [
                part.fingerprint, part.modem, part.originator, part.smsc, part.sentAt?.milliseconds, part.reference,
                part.total, part.number, part.body, part.coding, now.milliseconds,
            ])
        guard database.changesCount == 1 else { return nil }
        transaction.wake(.inbox)
        return transaction.lastRow
    }

    /// The open parts with the originator, reference and total of `part`. Open parts belong to no message yet.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openParts(beside part: InboxPart) throws -> PartAssembly {
        try openParts(originator: part.originator, reference: part.reference, total: part.total)
    }

    /// The assemblies of open parts that received no part after `deadline`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openParts(until deadline: Timestamp) throws -> [PartAssembly] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT originator, reference, total FROM inbox_part
                WHERE message_id IS NULL GROUP BY originator, reference, total HAVING MAX(received_at) <= ?
                """, arguments: [deadline.milliseconds]
        ).map { try openParts(originator: $0["originator"], reference: $0["reference"], total: $0["total"]) }
    }

    private func openParts(originator: String, reference: Int?, total: Int) throws -> PartAssembly {
        let parts = try Row.fetchAll(
            database,
            sql: """
                SELECT id, number, COALESCE(sent_at, received_at) AS sent_at, body FROM inbox_part
                WHERE message_id IS NULL AND originator = ? AND reference IS ? AND total = ? ORDER BY id
                """, arguments: [originator, reference, total]
        ).map { PartAssembly.Part(id: $0["id"], number: $0["number"], sentAt: $0["sent_at"], body: $0["body"]) }
        return PartAssembly(open: parts, total: total)
    }

    /// Stores a message that cannot be decoded as failed, with a note for staff; `false` if it was stored before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func storeEvidence(_ part: InboxPart, note: String, at now: Timestamp) throws -> Bool {
        guard let id = try store(part, at: now) else { return false }
        try join(PartAssembly.Message(parts: [id], isIncomplete: false), at: now)
        try database.execute(
            sql: """
                UPDATE inbox_message SET state = 'failed', handled_at = ?, note = ?
                WHERE id = (SELECT message_id FROM inbox_part WHERE fingerprint = ?)
                """, arguments: [now.milliseconds, note, part.fingerprint])
        return true
    }

    /// Records that the message at a SIM location cannot be read even as octets; `false` if this was recorded before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteUnreadable(_ location: Int, in modem: String, at now: Timestamp) throws -> Bool {
        try database.execute(
            sql: """
                INSERT INTO inbox_message (modem, originator, smsc, body, received_at, handled_at, state, note, unreadable_location)
                VALUES (?, '', '', '', ?, ?, 'failed', ?, ?) ON CONFLICT (modem, unreadable_location) DO NOTHING
                """,
            arguments: [
                modem, now.milliseconds, now.milliseconds,
                "the message at location \(location) of the modem cannot be read; it was left there", location,
            ])
        return database.changesCount == 1
    }

    /// Stores a payment notice received over HTTP as a handled message: the evidence of its payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func storeNotice(_ origin: String, _ body: String, provider: String, note: String, at now: Timestamp) throws
        -> InboxMessageID
    {
        try transaction.run(
            """
            INSERT INTO inbox_message (modem, originator, smsc, body, received_at, handled_at, state, disposition, provider, note)
            VALUES (?, ?, '', ?, ?, ?, 'handled', 'credit', ?, ?)
            """, [origin, origin, body, now.milliseconds, now.milliseconds, provider, note])
        return InboxMessageID(transaction.lastRow)
    }

    /// When the assembly that has waited longest received its last part.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func oldestOpenPart() throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT MIN(latest) FROM (SELECT MAX(received_at) AS latest FROM inbox_part
                WHERE message_id IS NULL GROUP BY originator, reference, total)
                """
        ).map(Timestamp.init(milliseconds:))
    }

    /// The oldest messages that have not been handled.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func waiting(limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM inbox_message WHERE state = 'waiting' ORDER BY id LIMIT ?", arguments: [limit]
        ).map(InboxMessage.init)
    }

    /// The message with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func message(_ id: InboxMessageID) throws -> InboxMessage? {
        try Row.fetchOne(database, sql: "SELECT * FROM inbox_message WHERE id = ?", arguments: [id.number])
            .map(InboxMessage.init)
    }

    /// Messages older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func messages(before: Int64?, disposition: Disposition?, limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM inbox_message WHERE id < ? AND (? IS NULL OR disposition = ?) ORDER BY id DESC LIMIT ?
                """,
            arguments: [before ?? Int64.max, disposition?.rawValue, disposition?.rawValue, limit]
        ).map(InboxMessage.init)
    }

    /// The last messages of a provider, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func messages(of provider: String, limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM inbox_message WHERE provider = ? ORDER BY id DESC LIMIT ?",
            arguments: [provider, limit]
        ).map(InboxMessage.init)
    }

    /// Records the outcome of handling a message. A message is handled exactly once.
    /// - Throws: `StoreError.handledTwice` if the message is not waiting; `.unavailable` if the database cannot be
    ///   written.
    package func finish(
        _ id: InboxMessageID, _ state: InboxState, disposition: Disposition?, provider: String? = nil,
        format: String? = nil,
        note: String? = nil, at now: Timestamp
    ) throws {
        try database.execute(
            sql: """
                UPDATE inbox_message SET state = ?, disposition = ?, provider = ?, format = ?, note = ?, handled_at = ?
                WHERE id = ? AND state = 'waiting'
                """,
            arguments: [state.rawValue, disposition?.rawValue, provider, format, note, now.milliseconds, id.number])
        guard database.changesCount == 1 else { throw StoreError.handledTwice(id) }
    }

    /// Failed messages and handled ones without a payment, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func replayable(_ only: InboxMessageID?, since moment: Timestamp?, limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM inbox_message WHERE state IN ('handled', 'failed') AND is_binary = 0
                AND (disposition IS NULL OR disposition IN ('ignore', 'review', 'quarantine'))
                AND (? IS NULL OR id = ?) AND (? IS NULL OR received_at >= ?) ORDER BY id LIMIT ?
                """,
            arguments: [only?.number, only?.number, moment?.milliseconds, moment?.milliseconds, limit]
        ).map(InboxMessage.init)
    }

    /// Queues a handled or failed message to be handled again.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func reopen(_ id: InboxMessageID) throws {
        transaction.wake(.inbox)
        try database.execute(
            sql: "UPDATE inbox_message SET state = 'waiting' WHERE id = ? AND state IN ('handled', 'failed')",
            arguments: [id.number])
    }

    /// The number of messages by disposition, or by state for those without one.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT COALESCE(disposition, state) AS kind, COUNT(*) AS number FROM inbox_message GROUP BY 1")
        for row in rows { counts[row["kind"]] = row["number"] }
        return counts
    }
}

extension InboxMessage {
    init(row: Row) throws {
        try self.init(
            id: InboxMessageID(row["id"]), modem: row["modem"], originator: row["originator"], smsc: row["smsc"],
            sentAt: (row["sent_at"] as Int64?).map(Timestamp.init(milliseconds:)), body: row["body"],
            isBinary: row["is_binary"], isIncomplete: row["is_incomplete"],
            receivedAt: Timestamp(milliseconds: row["received_at"]),
            handledAt: (row["handled_at"] as Int64?).map(Timestamp.init(milliseconds:)),
            state: row.known("state", of: "inbox_message"),
            disposition: row.knownIfPresent("disposition", of: "inbox_message"), provider: row["provider"],
            format: row["format"], note: row["note"])
    }
}

extension Transaction {
    package var inbox: InboxRecords { InboxRecords(transaction: self) }
}
