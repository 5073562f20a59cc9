import Workers
import Domain
import Foundation
import GRDB

/// Broadcasts and the states of their messages.
package struct BroadcastRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores a broadcast. `uid` is the user who created it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ broadcast: Broadcast, uid: UInt32?) throws -> BroadcastID {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        try database.execute(
            sql: """
                INSERT INTO broadcast (class, urgency, state, texts, audience, recipients, parts, opted_out, starts_at, created_at,
                uid) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                broadcast.broadcastClass.rawValue,
                BroadcastClass.allCases.firstIndex(of: broadcast.broadcastClass) ?? 0, broadcast.state.rawValue,
                String(decoding: try encoder.encode(broadcast.texts), as: UTF8.self),
                String(decoding: try encoder.encode(broadcast.audience), as: UTF8.self), broadcast.recipients,
                broadcast.parts, broadcast.optedOut, broadcast.startsAt.milliseconds,
                broadcast.createdAt.milliseconds, uid.map { Int64($0) },
            ])
        let id = BroadcastID(transaction.lastRow)
        try transaction.events.note(
            .broadcastChanged, id.number, broadcast.state.rawValue, at: broadcast.createdAt)
        return id
    }

    /// The broadcast with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func broadcast(_ id: BroadcastID) throws -> Broadcast? { try broadcasts("id = ?", [id.number]).first }

    /// Broadcasts older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func broadcasts(before: Int64?, state: BroadcastState?, limit: Int) throws -> [Broadcast] {
        try broadcasts(
            "id < ? AND (? IS NULL OR state = ?) ORDER BY id DESC LIMIT ?",
            [before ?? Int64.max, state?.rawValue, state?.rawValue, limit])
    }

    /// Broadcasts whose messages may be sent now, the most urgent first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func running(at now: Timestamp) throws -> [Broadcast] {
        try broadcasts("state = 'running' AND starts_at <= ? ORDER BY urgency, id", [now.milliseconds])
    }

    /// The ids of the running broadcasts of some classes, the most urgent first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func running(_ classes: [BroadcastClass], at now: Timestamp) throws -> [BroadcastID] {
        try transaction.rows(
            "SELECT id, class FROM broadcast WHERE state = 'running' AND starts_at <= ? ORDER BY urgency, id",
            [now.milliseconds]
        ).filter { classes.contains(try $0.known("class", of: "broadcast")) }.map { BroadcastID($0["id"]) }
    }

    private func broadcasts(_ condition: String, _ arguments: StatementArguments) throws -> [Broadcast] {
        try Row.fetchAll(database, sql: "SELECT * FROM broadcast WHERE \(condition)", arguments: arguments)
            .map { row in
                let decoder = JSONDecoder()
                let texts = try? decoder.decode([String: String].self, from: Data((row["texts"] as String).utf8))
                let audience = try? decoder.decode(Audience.self, from: Data((row["audience"] as String).utf8))
                var broadcast = Broadcast(
                    broadcastClass: try row.known("class", of: "broadcast"),
                    state: try row.known("state", of: "broadcast"), texts: texts ?? [:],
                    audience: audience ?? Audience(), recipients: row["recipients"], parts: row["parts"],
                    optedOut: row["opted_out"], startsAt: Timestamp(milliseconds: row["starts_at"]),
                    createdAt: Timestamp(milliseconds: row["created_at"]))
                broadcast.id = BroadcastID(row["id"])
                broadcast.endedAt = (row["ended_at"] as Int64?).map(Timestamp.init(milliseconds:))
                return broadcast
            }
    }

    /// Changes the state of a broadcast; `false` if its current state is not in `states`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; `.unknownValue` for an unknown value.
    package func move(_ id: BroadcastID, from states: [BroadcastState], to state: BroadcastState, at now: Timestamp)
        throws -> Bool
    {
        guard let broadcast = try broadcast(id), states.contains(broadcast.state) else { return false }
        try database.execute(
            sql: "UPDATE broadcast SET state = ?, ended_at = ? WHERE id = ?",
            arguments: [state.rawValue, state.isOver ? now.milliseconds : nil, id.number])
        try transaction.events.note(.broadcastChanged, id.number, state.rawValue, at: now)
        transaction.wake(.outbox)
        transaction.wake(.schedule)
        return true
    }

    /// Cancels the queued messages of a broadcast that no modem has started to send.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func cancelWaiting(of id: BroadcastID, at now: Timestamp) throws {
        try database.execute(
            sql:
                "UPDATE outbox_message SET state = 'cancelled', updated_at = ? WHERE broadcast_id = ? AND state = 'queued'",
            arguments: [now.milliseconds, id.number])
    }

    /// Extends the expiry of the queued messages of a broadcast to at least `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func prolong(_ id: BroadcastID, until moment: Timestamp) throws {
        try database.execute(
            sql: """
                UPDATE outbox_message SET expires_at = ? WHERE broadcast_id = ? AND state = 'queued' AND expires_at < ?
                """, arguments: [moment.milliseconds, id.number, moment.milliseconds])
    }

    /// Scheduled broadcasts whose start time has come.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func due(at now: Timestamp) throws -> [Broadcast] {
        try broadcasts("state = 'scheduled' AND starts_at <= ? ORDER BY id", [now.milliseconds])
    }

    /// Running broadcasts without queued or sending messages.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func exhausted() throws -> [Broadcast] {
        try broadcasts(
            """
            state = 'running' AND NOT EXISTS (SELECT 1 FROM outbox_message
            WHERE broadcast_id = broadcast.id AND state IN ('queued', 'sending'))
            """, [])
    }

    /// The number of messages of a broadcast by state.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func counts(of id: BroadcastID) throws -> [OutboxState: Int] {
        var counts: [OutboxState: Int] = [:]
        let rows = try Row.fetchAll(
            database,
            sql: "SELECT state, COUNT(*) AS number FROM outbox_message WHERE broadcast_id = ? GROUP BY state",
            arguments: [id.number])
        for row in rows { counts[try row.known("state", of: "outbox_message")] = row["number"] }
        return counts
    }

    /// Position of the last element of a page of deliveries.
    package struct Place: Sendable, Hashable {
        package var state: String
        package var message: Int64

        package init(state: String, message: Int64) {
            self.state = state
            self.message = message
        }
    }

    /// Deliveries after `place`, ordered by state and then by message id.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func deliveries(of id: BroadcastID, after place: Place?, limit: Int) throws -> [BroadcastDelivery] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT id, recipient, state, error, updated_at FROM outbox_message
                WHERE broadcast_id = ? AND (state, id) > (?, ?) ORDER BY state, id LIMIT ?
                """, arguments: [id.number, place?.state ?? "", place?.message ?? 0, limit]
        ).map {
            BroadcastDelivery(
                message: $0["id"], phone: $0["recipient"], state: try $0.known("state", of: "outbox_message"),
                error: $0["error"], updatedAt: Timestamp(milliseconds: $0["updated_at"]))
        }
    }
}

extension Transaction {
    package var broadcasts: BroadcastRecords { BroadcastRecords(transaction: self) }
}
