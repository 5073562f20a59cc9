import Domain
import GRDB

/// Steps that were begun and not ended: what a step that stops the program leaves behind, and a power cut too.
package struct WorkItemRecords {
    let transaction: Transaction

    /// Notes the beginning of a step. Returns how many times it was begun since it ended last, this time included.
    package func begin(_ step: WorkItem, at now: Timestamp) throws -> Int {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = MIN(times + 1, 999), at = excluded.at
            """, [step.queue.rawValue, step.item, now.milliseconds])
        return try times(step)
    }

    /// How many times a step was begun since it ended last.
    package func times(_ step: WorkItem) throws -> Int {
        try transaction.rows(
            "SELECT times FROM begun_step WHERE queue = ? AND item = ?", [step.queue.rawValue, step.item]
        ).first?["times"] ?? 0
    }

    /// Keeps a step from being done until its mark is taken away.
    package func setAside(_ step: WorkItem, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1000, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = 1000, at = excluded.at
            """, [step.queue.rawValue, step.item, now.milliseconds])
    }

    /// The items of a queue that were set aside, and when.
    package func setAside(_ queue: WorkItem.Queue) throws -> [String: Timestamp] {
        let rows = try transaction.rows(
            "SELECT item, at FROM begun_step WHERE queue = ? AND times = 1000", [queue.rawValue])
        return Dictionary(rows.map { ($0["item"], Timestamp(milliseconds: $0["at"])) }) { first, _ in first }
    }

    /// The steps of some queues that were begun and not ended, and when.
    package func inHand(_ queues: [WorkItem.Queue]) throws -> [WorkItem: Timestamp] {
        let rows = try transaction.rows("SELECT queue, item, at FROM begun_step WHERE times < 1000", [])
        let steps = rows.compactMap { row in
            WorkItem.Queue(rawValue: row["queue"]).map {
                (WorkItem($0, row["item"]), Timestamp(milliseconds: row["at"]))
            }
        }
        return Dictionary(steps.filter { queues.contains($0.0.queue) }) { first, _ in first }
    }

    package func end(_ step: WorkItem) throws {
        try transaction.run("DELETE FROM begun_step WHERE queue = ? AND item = ?", [step.queue.rawValue, step.item])
    }
}

extension Transaction {
    package var workItems: WorkItemRecords { WorkItemRecords(transaction: self) }
}
