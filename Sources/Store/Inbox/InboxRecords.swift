import Domain
import GRDB
import Workers

package struct InboxRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// How often an originator sent a text since a moment.
    package func count(of text: String, from originator: String, since moment: Timestamp) throws -> Int {
        try transaction.rows(
            "SELECT COUNT(*) AS n FROM inbox_message WHERE originator = ? AND received_at >= ? AND body = ?",
            [originator, moment.milliseconds, text]
        ).first?["n"] ?? 0
    }

    /// Stores a part, and joins it with the others when it was the last one. `false` for a part seen before.
    @discardableResult
    package func store(_ part: InboxPart, at now: Timestamp) throws -> Bool {
        try database.execute(
            sql: """
                INSERT INTO inbox_part (fingerprint, modem, originator, smsc, sent_at, reference, total, number, body, coding, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (fingerprint) DO NOTHING
                """,
            arguments: [
                part.fingerprint, part.modem, part.originator, part.smsc, part.sentAt?.milliseconds,
                part.reference,
                part.total, part.number, part.body, part.coding, now.milliseconds,
            ])
        guard database.changesCount == 1 else { return false }
        transaction.wake(.inbox)
        guard part.total > 1 else {
            try join([transaction.lastRow], isIncomplete: false, at: now)
            return true
        }
        try joinIfComplete(with: transaction.lastRow, part, at: now)
        return true
    }

    /// Stores a message that nobody can read, as evidence: it is of no desk, and says why. `false` for one seen before.
    package func storeEvidence(_ part: InboxPart, note: String, at now: Timestamp) throws -> Bool {
        guard try store(part, at: now) else { return false }
        try database.execute(
            sql: """
                UPDATE inbox_message SET state = 'failed', handled_at = ?, note = ?
                WHERE id = (SELECT message_id FROM inbox_part WHERE fingerprint = ?)
                """, arguments: [now.milliseconds, note, part.fingerprint])
        return true
    }

    /// Records that a place of a modem holds something that cannot be had even as octets; `false` when that is known.
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

    /// Reads with what there is: the open parts of each message whose last part came before `deadline`.
    /// Returns how many messages were made.
    package func joinIncomplete(before deadline: Timestamp, at now: Timestamp) throws -> Int {
        let groups = try Row.fetchAll(
            database,
            sql: """
                SELECT originator, reference, total, MAX(received_at) AS latest FROM inbox_part
                WHERE message_id IS NULL GROUP BY originator, reference, total HAVING MAX(received_at) <= ?
                """, arguments: [deadline.milliseconds])
        for group in groups {
            let open = try openParts(
                originator: group["originator"], reference: group["reference"], total: group["total"])
            // Doubles of a number are read as messages of their own.
            let newest = Dictionary(open.map { ($0.number, $0) }) { $1 }.values.sorted { $0.number < $1.number }
            try join(newest.map(\.id), isIncomplete: true, at: now)
        }
        return groups.count
    }

    /// When the oldest waiting part was received.
    package func oldestOpenPart() throws -> Timestamp? {
        try Int64.fetchOne(
            database,
            sql: """
                SELECT MIN(latest) FROM (SELECT MAX(received_at) AS latest FROM inbox_part
                WHERE message_id IS NULL GROUP BY originator, reference, total)
                """
        ).map(Timestamp.init(milliseconds:))
    }

    /// The oldest messages that nobody handled yet.
    package func waiting(limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM inbox_message WHERE state = 'waiting' ORDER BY id LIMIT ?", arguments: [limit]
        ).map(InboxMessage.init)
    }

    package func message(_ id: InboxMessageID) throws -> InboxMessage? {
        try Row.fetchOne(database, sql: "SELECT * FROM inbox_message WHERE id = ?", arguments: [id.number])
            .map(InboxMessage.init)
    }

    /// Newest first, older than `before`.
    package func messages(before: Int64?, disposition: Disposition?, limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT * FROM inbox_message WHERE id < ? AND (? IS NULL OR disposition = ?) ORDER BY id DESC LIMIT ?
                """,
            arguments: [before ?? Int64.max, disposition?.rawValue, disposition?.rawValue, limit]
        ).map(InboxMessage.init)
    }

    /// The last messages of a wallet, newest first.
    package func messages(of provider: String, limit: Int) throws -> [InboxMessage] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM inbox_message WHERE provider = ? ORDER BY id DESC LIMIT ?",
            arguments: [provider, limit]
        ).map(InboxMessage.init)
    }

    /// Notes what was made of a message. Every message gets here exactly once, with everything it causes.
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

    /// Handled messages that no payment was made of, and failed ones, oldest first.
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

    /// The message is to be handled once more.
    package func reopen(_ id: InboxMessageID) throws {
        transaction.wake(.inbox)
        try database.execute(
            sql: "UPDATE inbox_message SET state = 'waiting' WHERE id = ? AND state IN ('handled', 'failed')",
            arguments: [id.number])
    }

    package func counts() throws -> [String: Int] {
        var counts: [String: Int] = [:]
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT COALESCE(disposition, state) AS kind, COUNT(*) AS number FROM inbox_message GROUP BY 1")
        for row in rows { counts[row["kind"]] = row["number"] }
        return counts
    }

    // MARK: Joining

    /// How far apart the parts of one message may be sent, in milliseconds: a phone needs some seconds for each.
    private static let tolerance: Int64 = 60_000
    private static let tolerancePerPart: Int64 = 15_000

    private struct OpenPart {
        let id: Int64
        let number: Int
        let sentAt: Int64
        let body: String
    }

    private func openParts(originator: String, reference: Int?, total: Int) throws -> [OpenPart] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, number, COALESCE(sent_at, received_at) AS sent_at, body FROM inbox_part
                WHERE message_id IS NULL AND originator = ? AND reference IS ? AND total = ? ORDER BY id
                """, arguments: [originator, reference, total]
        ).map { OpenPart(id: $0["id"], number: $0["number"], sentAt: $0["sent_at"], body: $0["body"]) }
    }

    /// Joins the part that came last with one of each other number. References come again: parts that were sent too far
    /// apart are of different messages, among several the nearest in time is taken, and a message whose parts cannot be
    /// told apart is marked as not to be trusted.
    private func joinIfComplete(with last: Int64, _ part: InboxPart, at now: Timestamp) throws {
        let open = try openParts(originator: part.originator, reference: part.reference, total: part.total)
        guard let arrived = open.first(where: { $0.id == last }) else { return }
        var chosen: [Int64] = []
        var isAmbiguous = false
        for number in 1...part.total {
            let apart = Self.tolerance + Self.tolerancePerPart * Int64(abs(number - part.number))
            let candidates =
                number == part.number
                ? [arrived] : open.filter { $0.number == number && abs($0.sentAt - arrived.sentAt) <= apart }
            let distances = candidates.map { abs($0.sentAt - arrived.sentAt) }
            guard let nearest = distances.min() else { return }
            let equals = zip(candidates, distances).filter { $0.1 == nearest }.map(\.0)
            if Set(equals.map(\.body)).count > 1 { isAmbiguous = true }
            if let first = equals.first { chosen.append(first.id) }
        }
        try join(chosen, isIncomplete: isAmbiguous, at: now)
    }

    private func join(_ parts: [Int64], isIncomplete: Bool, at now: Timestamp) throws {
        let rows = try parts.compactMap {
            try Row.fetchOne(database, sql: "SELECT * FROM inbox_part WHERE id = ?", arguments: [$0])
        }
        guard let first = rows.first else { return }
        // Binary parts are digits of octets; a message is binary when any part of it is.
        let isBinary = rows.contains { ($0["coding"] as String) == "binary" }
        // Parts that came different ways may be of different people: what they make is not trusted.
        let isMixed =
            Set(rows.map { $0["smsc"] as String }).count > 1 || Set(rows.map { $0["modem"] as String }).count > 1
        let body = rows.map { $0["body"] as String }.joined()
        try database.execute(
            sql: """
                INSERT INTO inbox_message (modem, originator, smsc, sent_at, body, is_binary, is_incomplete, received_at, state)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
                """,
            arguments: [
                first["modem"] as String, first["originator"] as String, first["smsc"] as String,
                first["sent_at"] as Int64?, body,
                isBinary, isIncomplete || isMixed, now.milliseconds,
            ])
        let message = transaction.lastRow
        for part in parts {
            try database.execute(sql: "UPDATE inbox_part SET message_id = ? WHERE id = ?", arguments: [message, part])
        }
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
