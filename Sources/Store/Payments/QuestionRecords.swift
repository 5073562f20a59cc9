import Domain
import Foundation
import GRDB

/// Questions to payers and their states.
package struct QuestionRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores an open question.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func ask(_ question: Question, at now: Timestamp) throws {
        let options = question.options.map(\.text).joined(separator: ",")
        try database.execute(
            sql:
                "INSERT INTO question (phone, payment_id, options, asked_at, expires_at, state) VALUES (?, ?, ?, ?, ?, 'open')",
            arguments: [
                question.phone.e164, question.payment.number, options, now.milliseconds,
                question.expiresAt.milliseconds,
            ])
    }

    /// The open questions to a phone, oldest first: the first answer belongs to the first question.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openQuestions(for phone: PhoneNumber, at now: Timestamp) throws -> [Question] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM question WHERE phone = ? AND state = 'open' AND expires_at > ? ORDER BY id",
            arguments: [phone.e164, now.milliseconds]
        ).map { row in
            var question = Question(
                phone: phone, payment: PaymentID(row["payment_id"]),
                options: (row["options"] as String).split(separator: ",").compactMap { Serial($0) },
                expiresAt: Timestamp(milliseconds: row["expires_at"]))
            question.id = QuestionID(row["id"])
            return question
        }
    }

    /// Closes all open questions about a payment.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func closeAll(of payment: PaymentID) throws {
        try database.execute(
            sql: "UPDATE question SET state = 'closed' WHERE payment_id = ? AND state = 'open'",
            arguments: [payment.number])
    }

    /// Open questions that have expired, about payments still in suspense.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func expired(at now: Timestamp) throws -> [Question] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT question.* FROM question JOIN payment ON payment.id = payment_id
                WHERE question.state = 'open' AND expires_at <= ? AND payment.state = 'suspense' ORDER BY question.id
                """, arguments: [now.milliseconds]
        ).compactMap { row in
            guard let phone = PhoneNumber(e164: row["phone"] as String) else { return nil }
            var question = Question(
                phone: phone, payment: PaymentID(row["payment_id"]), options: [],
                expiresAt: Timestamp(milliseconds: row["expires_at"]))
            question.id = QuestionID(row["id"])
            return question
        }
    }

    /// Marks a question as expired.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func expire(_ id: QuestionID) throws {
        try database.execute(sql: "UPDATE question SET state = 'expired' WHERE id = ?", arguments: [id.number])
    }

    /// Marks a question as answered.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func close(_ id: QuestionID) throws {
        try database.execute(sql: "UPDATE question SET state = 'answered' WHERE id = ?", arguments: [id.number])
    }
}

extension Transaction {
    package var questions: QuestionRecords { QuestionRecords(transaction: self) }
}
