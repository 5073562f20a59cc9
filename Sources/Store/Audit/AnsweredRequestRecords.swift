import Domain
import GRDB

/// Stored answers by idempotency key and user.
package struct AnsweredRequestRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// The stored answer to a request of a user; `nil` if the key is new.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func answer(to key: String, of uid: UInt32?) throws -> AnsweredRequest? {
        try Row.fetchOne(
            database, sql: "SELECT * FROM answered_request WHERE key = ? AND uid = ?", arguments: [key, number(uid)]
        ).map { AnsweredRequest(request: $0["request"], status: $0["status"], body: $0["body"]) }
    }

    /// Stores the answer to a request.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func keep(_ answer: AnsweredRequest, for key: String, of uid: UInt32?, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO answered_request (key, uid, request, status, body, at) VALUES (?, ?, ?, ?, ?, ?)",
            arguments: [key, number(uid), answer.request, answer.status, answer.body, now.milliseconds])
    }

    /// Deletes the answers stored before `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func prune(before moment: Timestamp) throws {
        try database.execute(sql: "DELETE FROM answered_request WHERE at < ?", arguments: [moment.milliseconds])
    }

    // -1 stands for no user, because the column is NOT NULL.
    private func number(_ uid: UInt32?) -> Int64 { uid.map(Int64.init) ?? -1 }
}

extension Transaction {
    package var answeredRequests: AnsweredRequestRecords { AnsweredRequestRecords(transaction: self) }
}
