import GRDB
import Domain

/// Work items whose processing began and did not end: one that is in progress, or a poison item or power cut left it.
package struct WorkItemRecords {
    let transaction: Transaction

    /// Records that an item is about to be processed. Returns how many times this was recorded since it last ended.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func begin(_ item: WorkItem, at now: Timestamp) throws -> Int {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = MIN(times + 1, 999), at = excluded.at
            """, [item.queue.rawValue, item.item, now.milliseconds])
        return try times(item)
    }

    /// How many times the processing of an item began since it last ended.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func times(_ item: WorkItem) throws -> Int {
        try transaction.rows(
            "SELECT times FROM begun_step WHERE queue = ? AND item = ?", [item.queue.rawValue, item.item]
        ).first?["times"] ?? 0
    }

    /// Sets a poison item aside: it is skipped until its record is deleted.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setAside(_ item: WorkItem, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1000, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = 1000, at = excluded.at
            """, [item.queue.rawValue, item.item, now.milliseconds])
    }

    /// The items of a queue that were set aside, and when.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func setAside(_ queue: WorkItem.Queue) throws -> [String: Timestamp] {
        let rows = try transaction.rows(
            "SELECT item, at FROM begun_step WHERE queue = ? AND times = 1000", [queue.rawValue])
        return Dictionary(rows.map { ($0["item"], Timestamp(milliseconds: $0["at"])) }) { first, _ in first }
    }

    /// The items of some queues whose processing began and did not end, and when it began.
    /// - Throws: `StoreError.unavailable` if the database cannot be read, and `StoreError.unknownValue`.
    package func inHand(_ queues: [WorkItem.Queue]) throws -> [WorkItem: Timestamp] {
        let rows = try transaction.rows("SELECT queue, item, at FROM begun_step WHERE times < 1000", [])
        let items = try rows.map { row in
            (WorkItem(try row.known("queue", of: "begun_step"), row["item"]), Timestamp(milliseconds: row["at"]))
        }
        return Dictionary(items.filter { queues.contains($0.0.queue) }) { first, _ in first }
    }

    /// Deletes the record of an item, because its processing ended.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func end(_ item: WorkItem) throws {
        try transaction.run("DELETE FROM begun_step WHERE queue = ? AND item = ?", [item.queue.rawValue, item.item])
    }
}

extension Transaction {
    package var workItems: WorkItemRecords { WorkItemRecords(transaction: self) }
}
