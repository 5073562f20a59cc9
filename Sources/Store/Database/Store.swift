import Dispatch
import Foundation
import GRDB
import NIOConcurrencyHelpers
import Workers

/// The database: one file with one writer. Every committed transaction is on disk.
package final class Store: Sendable {
    /// A reason not to open the database.
    package enum Refusal: Error, CustomStringConvertible {
        case inUse(path: String)
        case cannotOpen(path: String, reason: String)
        case notDurable
        case newer(path: String, unknown: [String])
        case noRoomForCopy(path: String, needed: Int64, free: Int64)
        case missing(path: String, trace: String)

        package var description: String {
            switch self {
            case .inUse(let path): "the database \(path) is in use by another gridpost daemon; stop it first"
            case .cannotOpen(let path, let reason): "the database \(path) cannot be opened: \(reason)"
            case .notDurable: "the database does not accept PRAGMA synchronous = FULL; payments could be lost"
            case .newer(let path, let unknown):
                """
                the database \(path) was changed by a newer gridpost (\(unknown.joined(separator: ", "))), and this one \
                supports no version after \(Schema.latest); install the newer gridpost again. To go back anyway, stop \
                gridpost and replace the database with its copy \(path).before-...: all changes since the copy are lost
                """
            case .missing(let path, let trace):
                """
                the database \(path) is missing or empty, but there was one before: \(trace) is still there. Put the \
                database back from a backup, or begin a new one, without any payment and customer, with 'gridpost run --new' as the user of the service
                """
            case .noRoomForCopy(let path, let needed, let free):
                """
                the database \(path) must be copied, to the same folder, before its migration to version \(Schema.latest); \
                the copy needs \(needed >> 20) MiB and \(free >> 20) MiB are free. Make room and start again
                """
            }
        }
    }

    package let path: String
    private let pool: DatabasePool
    /// Held until SQLite has closed the file; see `FileLock`.
    private let lock: NIOLockedValueBox<FileLock?>
    /// The path of the copy made before a migration; `nil` if there was no migration.
    package let migrationCopy: String?
    /// Notifies listeners of new events.
    package let announcements = Announcements()
    /// Wakes the workers for the work that transactions add.
    package let signals = WakeSignals()
    /// Runs all writes, so that cancelling a task does not interrupt its transaction.
    private let writer = DispatchQueue(label: "store.writer")

    /// Opens or creates the database for exclusive use. `beginsAnew` allows a new database where there was one before.
    /// - Throws: `Refusal` if another daemon uses the database or it cannot be opened, migrated or made durable, or if it
    ///   is missing where there was one before.
    package convenience init(path: String, beginsAnew: Bool = false) throws {
        try self.init(path: path, migration: Migration(path: path), beginsAnew: beginsAnew)
    }

    init(path: String, migration: Migration, beginsAnew: Bool = false) throws {
        self.path = path
        let earlier = EarlierLife(path: path)
        if !beginsAnew, let trace = earlier.trace() { throw Refusal.missing(path: path, trace: trace) }
        do {
            guard let lock = try FileLock(path: path, .exclusive) else { throw Refusal.inUse(path: path) }
            self.lock = NIOLockedValueBox(lock)
            (pool, migrationCopy) = try withExtendedLifetime(lock) { try Self.open(path, migration) }
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal.cannotOpen(path: path, reason: "\(error)")
        }
        guard try synchronous() == 2 else { throw Refusal.notDurable }
        earlier.leaveMark()
    }

    /// Opens the database of a running daemon, for a transaction that is rolled back. The daemon holds the lock.
    /// - Throws: `DatabaseError` if the database cannot be opened.
    package init(beside path: String) throws {
        self.path = path
        lock = NIOLockedValueBox(nil)
        var configuration = Configuration()
        configuration.label = "store"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 1
        configuration.foreignKeysEnabled = true
        pool = try DatabasePool(path: path, configuration: configuration)
        migrationCopy = nil
    }

    private static func open(_ path: String, _ migration: Migration) throws -> (DatabasePool, String?) {
        var configuration = Configuration()
        configuration.label = "store"
        configuration.busyMode = .timeout(5)
        configuration.maximumReaderCount = 3
        configuration.foreignKeysEnabled = true
        let pool = try DatabasePool(path: path, configuration: configuration)
        do {
            // GRDB sets NORMAL for the writer while opening; a pragma in prepareDatabase would be overwritten.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return (pool, try migration.run(pool))
        } catch {
            try? pool.close()
            throw error
        }
    }

    deinit { try? pool.close() }

    /// Runs `body` in one transaction, which is rolled back if `body` throws. Cancelling the task does not interrupt
    /// it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; errors of `body`.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await onWriter { pool in
            let effects = CommitEffects()
            let value = try pool.write { try body(Transaction(database: $0, effects: effects)) }
            effects.happen(self.signals, self.announcements)
            return value
        }
    }

    /// Runs `body` in one transaction that can also read the rows of an import.
    /// - Throws: `StoreError.unavailable` if the database cannot be written; errors of `body`.
    package func write<Value: Sendable>(
        with stage: ImportStage, _ body: @escaping @Sendable (Transaction) throws -> Value
    ) async throws -> Value {
        try await onWriter { pool in
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "ATTACH ? AS stage", arguments: [stage.path])
                defer { try? database.execute(sql: "DETACH stage") }
                let effects = CommitEffects()
                var value: Value?
                try database.inTransaction(.immediate) {
                    value = try body(Transaction(database: database, effects: effects))
                    return .commit
                }
                effects.happen(self.signals, self.announcements)
                guard let value else { throw StoreError.unavailable("a transaction ended without a result") }
                return value
            }
        }
    }

    private func onWriter<Value: Sendable>(_ body: @escaping @Sendable (DatabasePool) throws -> Value) async throws
        -> Value
    {
        try await withCheckedThrowingContinuation { continuation in
            writer.async {
                continuation.resume(
                    with: Result {
                        do {
                            return try body(self.pool)
                        } catch let error as DatabaseError where StoreError.troubles.contains(error.resultCode) {
                            throw StoreError.unavailable("\(error)")
                        }
                    })
            }
        }
    }

    /// Runs `body` on a consistent snapshot, concurrently with writes.
    /// - Throws: `DatabaseError` if the database cannot be read; errors of `body`.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await pool.read { try body(Transaction(database: $0, effects: CommitEffects())) }
    }

    /// The writer's `PRAGMA synchronous`; 2 is FULL.
    /// - Throws: `DatabaseError` if the database cannot be read.
    package func synchronous() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } ?? 0
    }

    /// Closes the database; another process may open it afterwards.
    /// - Throws: `DatabaseError` if the write-ahead log cannot be written back or the database cannot be closed.
    package func close() throws {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        lock.withLockedValue { $0 = nil }
    }
}
