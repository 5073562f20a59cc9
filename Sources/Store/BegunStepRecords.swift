import Domain
import GRDB

/// A step of a durable queue, noted before it is begun.
package struct BegunStep: Sendable, Hashable {
    package enum Queue: String, Sendable, CaseIterable {
        /// A message that came in; the item is its number.
        case inbox
        /// A message that goes out; the item is its number.
        case outbox
        /// What is due by the clock; the item is the duty's name.
        case duty
        /// A token that its maker is asked for; the item is the request's number.
        case tokenRequest = "token_request"
    }

    package let queue: Queue
    package let item: String

    package init(_ queue: Queue, _ item: String) {
        self.queue = queue
        self.item = item
    }

    package static func inbox(_ id: InboxMessageID) -> BegunStep { BegunStep(.inbox, "\(id)") }
    package static func outbox(_ id: OutboxMessageID) -> BegunStep { BegunStep(.outbox, "\(id)") }
    package static func tokenRequest(_ id: TokenRequestID) -> BegunStep { BegunStep(.tokenRequest, "\(id)") }
    package static func duty(_ name: String) -> BegunStep { BegunStep(.duty, name) }
}

/// Steps that were begun and not ended: what a step that stops the program leaves behind, and a power cut too.
package struct BegunStepRecords {
    let transaction: Transaction

    /// Notes the beginning of a step. Returns how many times it was begun since it ended last, this time included.
    package func begin(_ step: BegunStep, at now: Timestamp) throws -> Int {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = MIN(times + 1, 999), at = excluded.at
            """, [step.queue.rawValue, step.item, now.milliseconds])
        return try times(step)
    }

    /// How many times a step was begun since it ended last.
    package func times(_ step: BegunStep) throws -> Int {
        try transaction.rows(
            "SELECT times FROM begun_step WHERE queue = ? AND item = ?", [step.queue.rawValue, step.item]
        ).first?["times"] ?? 0
    }

    /// Keeps a step from being done until its mark is taken away.
    package func setAside(_ step: BegunStep, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO begun_step (queue, item, times, at) VALUES (?, ?, 1000, ?)
            ON CONFLICT (queue, item) DO UPDATE SET times = 1000, at = excluded.at
            """, [step.queue.rawValue, step.item, now.milliseconds])
    }

    /// The items of a queue that were set aside, and when.
    package func setAside(_ queue: BegunStep.Queue) throws -> [String: Timestamp] {
        let rows = try transaction.rows(
            "SELECT item, at FROM begun_step WHERE queue = ? AND times = 1000", [queue.rawValue])
        return Dictionary(rows.map { ($0["item"], Timestamp(milliseconds: $0["at"])) }) { first, _ in first }
    }

    /// The steps of some queues that were begun and not ended, and when.
    package func inHand(_ queues: [BegunStep.Queue]) throws -> [BegunStep: Timestamp] {
        let rows = try transaction.rows("SELECT queue, item, at FROM begun_step WHERE times < 1000", [])
        let steps = rows.compactMap { row in
            BegunStep.Queue(rawValue: row["queue"]).map {
                (BegunStep($0, row["item"]), Timestamp(milliseconds: row["at"]))
            }
        }
        return Dictionary(steps.filter { queues.contains($0.0.queue) }) { first, _ in first }
    }

    package func end(_ step: BegunStep) throws {
        try transaction.run("DELETE FROM begun_step WHERE queue = ? AND item = ?", [step.queue.rawValue, step.item])
    }
}

extension Transaction {
    package var begunSteps: BegunStepRecords { BegunStepRecords(transaction: self) }
}
