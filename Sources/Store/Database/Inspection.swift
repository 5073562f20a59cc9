import Domain
import Dispatch
import Foundation
import GRDB

/// A report on a database, made without changing it or the files beside it.
package struct Inspection: Sendable {
    /// The schema version of a database.
    package enum Version: Hashable, Sendable {
        /// The database does not exist or is empty.
        case empty
        case current(String)
        /// The daemon will migrate it to the version of this program.
        case older(String, latest: String)
    }

    /// The result of the integrity check.
    package enum Soundness: Hashable, Sendable {
        case sound
        /// The check did not finish in time; no damage was found until then.
        case unfinished
    }

    package let version: Version
    package let soundness: Soundness
    /// Whether a daemon has the database open.
    package let isInUse: Bool
    /// The token issuers of its devices: `sts`, `openpaygo` or vendors' ids.
    package let tokenKinds: Set<String>

    /// A reason why the database must not be used.
    package enum Refusal: Error, CustomStringConvertible {
        case damaged(path: String, finding: String)

        package var description: String {
            switch self {
            case .damaged(let path, let finding):
                "the database \(path) is damaged: \(finding). Stop the daemon, keep the file, and restore a backup"
            }
        }
    }

    /// Inspects the database at `path`. The integrity check is interrupted after `timeout`.
    /// - Throws: `Refusal.damaged`, or `Store.Refusal` if the database is newer than this program or cannot be opened.
    package init(path: String, timeout: Duration = .seconds(5)) throws {
        guard Self.size(of: path) ?? 0 > 0 else {
            (version, soundness, isInUse, tokenKinds) = (.empty, .sound, false, [])
            return
        }
        do {
            // The shared lock keeps a daemon from starting.
            let lock = try FileLock(path: path, .shared)
            isInUse = lock == nil
            (version, soundness, tokenKinds) = try withExtendedLifetime(lock) {
                try ReadOnlyDatabase(path: path, isInUse: lock == nil).use { queue in
                    let (version, tokenKinds) = try queue.read { try Self.contents($0, path) }
                    return (version, try Self.soundness(of: queue, path, timeout), tokenKinds)
                }
            }
        } catch let refusal as Store.Refusal {
            throw refusal
        } catch let refusal as Refusal {
            throw refusal
        } catch let error as DatabaseError where [.SQLITE_CORRUPT, .SQLITE_NOTADB].contains(error.resultCode) {
            throw Refusal.damaged(path: path, finding: error.message ?? "\(error)")
        } catch {
            throw Store.Refusal.cannotOpen(path: path, reason: "\(error)")
        }
    }

    private static func contents(_ database: Database, _ path: String) throws -> (Version, Set<String>) {
        let version: Version
        switch try SchemaVersion(database) {
        case .newer(let unknown): throw Store.Refusal.newer(path: path, unknown: unknown)
        case .empty: return (.empty, [])
        case .current: version = .current(Schema.latest)
        case .older(let step): version = .older(step ?? "none", latest: Schema.latest)
        }
        // This table exists since the first version.
        guard try database.tableExists("device") else { return (version, []) }
        return (
            version, try Transaction(database: database, effects: CommitEffects()).registry.tokenKinds()
        )
    }

    private static func soundness(of queue: DatabaseQueue, _ path: String, _ timeout: Duration) throws -> Soundness {
        let watch = DispatchQueue(label: "inspection.watch")
        let timer = DispatchSource.makeTimerSource(queue: watch)
        // Repeated, because an interruption before the check begins has no effect.
        timer.schedule(deadline: .now() + .milliseconds(Int(timeout.milliseconds)), repeating: .milliseconds(2))
        timer.setEventHandler { queue.interrupt() }
        timer.resume()
        defer {
            timer.cancel()
            // The database is closed next, so a running interruption must have ended.
            watch.sync {}
        }
        do {
            let finding = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check (1)") }
            guard let finding, finding != "ok" else { return .sound }
            throw Refusal.damaged(path: path, finding: finding)
        } catch let error as DatabaseError where error.isInterruptionError {
            return .unfinished
        }
    }

    /// The size of a file in bytes; `nil` if it does not exist.
    static func size(of path: String) -> Int64? {
        var file = stat()
        return stat(path, &file) == 0 ? Int64(file.st_size) : nil
    }
}
