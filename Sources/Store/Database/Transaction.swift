import Dispatch
import Domain
import Foundation
import GRDB
import NIOConcurrencyHelpers
import Workers

/// What a step may do to the database, and what it may read. The rows of each kind are in a file of their own.
package struct Transaction {
    let database: Database
    let effects: CommitEffects

    /// Wakes the workers that wait for this kind of work, once the transaction has committed.
    package func wake(_ work: Work) { effects.wakes.insert(work) }

    /// Wakes the listeners to events, once the transaction has committed.
    package func wakeListeners() { effects.isAnnounced = true }

    /// Runs a statement that comes again and again, compiled once.
    func run(_ sql: String, _ arguments: StatementArguments) throws {
        try database.cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// A step that is done whole or not at all, without ending the transaction around it.
    package func attempt<Value>(_ body: () throws -> Value) throws -> Value {
        var value: Value?
        try database.inSavepoint {
            value = try body()
            return .commit
        }
        guard let value else { throw StoreError.unavailable("a savepoint was left without a result") }
        return value
    }

    /// The rows of a query that comes again and again, compiled once.
    func rows(_ sql: String, _ arguments: StatementArguments) throws -> [Row] {
        try Row.fetchAll(database.cachedStatement(sql: sql), arguments: arguments)
    }

    /// The number of the row that was inserted last.
    var lastRow: Int64 { database.lastInsertedRowID }
}
