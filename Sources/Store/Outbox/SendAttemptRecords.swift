import Domain
import GRDB

/// The attempts to send outgoing messages that did not succeed.
package struct SendAttemptRecords {
    let transaction: Transaction

    /// The maximum number of attempts kept of one message.
    private static let most = 50

    /// Adds an attempt; beyond the 50th of a message, nothing is added.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func add(_ attempt: SendAttempt, of message: OutboxMessageID) throws {
        try transaction.run(
            """
            INSERT INTO outbox_attempt (message_id, part, modem, outcome, is_doubtful, code, reason, at)
            SELECT ?, ?, ?, ?, ?, ?, ?, ?
            WHERE (SELECT COUNT(*) FROM outbox_attempt WHERE message_id = ?) < ?
            """,
            [
                message.number, attempt.part, attempt.modem, attempt.outcome.rawValue, attempt.isDoubtful, attempt.code,
                attempt.reason, attempt.at.milliseconds, message.number, Self.most,
            ])
    }

    /// The newest attempt of a modem; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func last(by modem: String) throws -> SendAttempt? {
        try attempts("modem = ? ORDER BY id DESC LIMIT 1", [modem]).first
    }

    /// The attempts to send a message, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func all(of message: OutboxMessageID) throws -> [SendAttempt] {
        try attempts("message_id = ? ORDER BY id", [message.number])
    }

    private func attempts(_ condition: String, _ arguments: StatementArguments) throws -> [SendAttempt] {
        try transaction.rows("SELECT * FROM outbox_attempt WHERE \(condition)", arguments).map {
            SendAttempt(
                part: $0["part"], modem: $0["modem"], outcome: try $0.known("outcome", of: "outbox_attempt"),
                isDoubtful: $0["is_doubtful"], code: $0["code"], reason: $0["reason"],
                at: Timestamp(milliseconds: $0["at"]))
        }
    }
}

extension Transaction {
    package var sendAttempts: SendAttemptRecords { SendAttemptRecords(transaction: self) }
}
