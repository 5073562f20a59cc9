import Dispatch
import Foundation
import GRDB
import Workers

/// Access to the database within one transaction. The records of each kind have a file of their own.
package struct Transaction {
    let database: Database
    let effects: CommitEffects

    /// Wakes the workers for this kind of work after the commit.
    package func wake(_ work: Work) { effects.wakes.insert(work) }

    /// Notifies the listeners to events after the commit.
    package func wakeListeners() { effects.isAnnounced = true }

    /// Runs a statement and keeps it compiled for the next call.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// Runs `body` in a savepoint: its changes are rolled back if it throws, without ending the transaction.
    /// - Throws: Errors of `body`; `StoreError.unavailable` if the savepoint gives no result.
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        try database.inSavepoint {
            value = try body()
            return .commit
        }
        guard let value else { throw StoreError.unavailable("a savepoint ended without a result") }
        return value
    }

    /// The rows of a query, which is kept compiled for the next call.
    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The id of the row inserted last.
    var lastRow: Int64 { database.lastInsertedRowID }
}
