import Dispatch
import Domain
import Foundation
import GRDB
import NIOConcurrencyHelpers
import Workers

/// The database: one file, one writer, every step on disk before it counts.
package final class Store: Sendable {
    package enum Refusal: Error, CustomStringConvertible {
        case inUse(path: String)
        case cannotOpen(path: String, reason: String)
        case notDurable
        case newer(path: String, unknown: [String])
        case noRoomForCopy(path: String, needed: Int64, free: Int64)

        package var description: String {
            switch self {
            case .inUse(let path): "the database \(path) is in use by another gridpost daemon; stop it first"
            case .cannotOpen(let path, let reason): "the database \(path) cannot be opened: \(reason)"
            case .notDurable: "the database does not keep synchronous = FULL; refusing to keep money in it"
            case .newer(let path, let unknown):
                """
                the database \(path) was changed by a newer gridpost (\(unknown.joined(separator: ", "))), and this one \
                knows no version after \(Schema.latest); install the newer gridpost again. To go back all the same, stop \
                it and put the copy \(path).before-... in its place: what happened since the copy is lost
                """
            case .noRoomForCopy(let path, let needed, let free):
                """
                the database \(path) must be copied beside itself before it is brought to version \(Schema.latest); the \
                copy needs \(needed >> 20) MiB and \(free >> 20) MiB are free. Make room and start again
                """
            }
        }
    }

    package let path: String
    private let pool: DatabasePool
    /// Held until SQLite has closed the file: see `FileLock`.
    private let lock: NIOLockedValueBox<FileLock?>
    /// Where the database was copied to before its tables were changed, when they were.
    package let migrationCopy: String?
    /// Who wants to know that something happened.
    package let announcements = Announcements()
    /// The workers that transactions bring work to.
    package let signals = WakeSignals()
    /// Writes run here and nowhere else: a task that is cancelled does not take its transaction with it.
    private let writer = DispatchQueue(label: "store.writer")

    /// Opens or creates the database, alone: a second daemon on the same file is refused.
    package convenience init(path: String) throws { try self.init(path: path, migration: Migration(path: path)) }

    init(path: String, migration: Migration) throws {
        self.path = path
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
    }

    /// Opens the database of a daemon that runs, for a step that is taken back. The daemon holds the lock.
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
            // GRDB chose NORMAL for the writer while opening; a pragma in its prepareDatabase would have been overwritten.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            return (pool, try migration.run(pool))
        } catch {
            try? pool.close()
            throw error
        }
    }

    deinit { try? pool.close() }

    /// One transaction: all of `body` or nothing of it. Not interrupted by the caller's cancellation.
    package func write<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await onWriter { pool in
            let effects = CommitEffects()
            let value = try pool.write { try body(Transaction(database: $0, effects: effects)) }
            effects.happen(self.signals, self.announcements)
            return value
        }
    }

    /// One transaction that sees the rows of an import too.
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
                guard let value else { throw StoreError.unavailable("a transaction was left without a result") }
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

    /// A consistent view for reading; writing goes on meanwhile.
    package func read<Value: Sendable>(_ body: @escaping @Sendable (Transaction) throws -> Value) async throws -> Value
    {
        try await pool.read { try body(Transaction(database: $0, effects: CommitEffects())) }
    }

    /// The writer's `PRAGMA synchronous`: 2 is FULL.
    package func synchronous() throws -> Int {
        try pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } ?? 0
    }

    /// Another process may open the database from then on.
    package func close() throws {
        try pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        try pool.close()
        lock.withLockedValue { $0 = nil }
    }
}
