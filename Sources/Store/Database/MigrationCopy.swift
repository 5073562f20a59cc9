import Domain
import Foundation
import GRDB

/// Copies a database to a file beside it before a migration, and keeps the two newest copies.
struct MigrationCopy {
    let path: String
    /// The free bytes of the file system of a folder. Tests replace it.
    var freeBytes: @Sendable (String) throws -> Int64 = Self.freeBytes
    /// The time for the name of the copy. Tests replace it.
    var now: @Sendable () -> Timestamp = { SystemClock().now }

    private static let kept = 2
    /// Bytes reserved for other writes of SQLite.
    private static let slack: Int64 = 16 << 20

    init(path: String) { self.path = path }

    private var file: URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }
    private var folder: URL { file.deletingLastPathComponent() }
    private var prefix: String { file.lastPathComponent + ".before-" }

    /// Makes a copy and returns its path. The copy is complete and on disk when this returns.
    /// - Throws: `Store.Refusal.noRoomForCopy`, or another error if the copy cannot be written.
    func make(of pool: DatabasePool, before version: String) throws -> String {
        let size = try pool.read { database in
            let pages = try Int64.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let bytes = try Int64.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            return pages * bytes
        }
        let free = try freeBytes(folder.path)
        guard free >= size + Self.slack else {
            throw Store.Refusal.noRoomForCopy(path: path, needed: size + Self.slack, free: free)
        }
        let made = folder.appendingPathComponent("\(prefix)\(version).\(stamp)").path
        let unfinished = made + ".unfinished"
        for name in names where name.hasSuffix(".unfinished") { remove(folder.appendingPathComponent(name).path) }
        do {
            try Self.createEmpty(unfinished)
            try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [unfinished]) }
            try Self.sync(unfinished)
            guard rename(unfinished, made) == 0 else { throw Failure("cannot create \(made)") }
            try Self.sync(folder.path)
        } catch {
            remove(unfinished)
            throw error
        }
        // The new copy is kept even if the clock was set back and older copies have later names.
        let others = finished.filter { folder.appendingPathComponent($0).path != made }
        for name in others.dropLast(Self.kept - 1) { remove(folder.appendingPathComponent(name).path) }
        return made
    }

    func remove(_ copy: String) { unlink(copy) }

    /// The time for the name of the copy, such as 20261125T101500Z.
    private var stamp: String { now().rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z" }

    private var names: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasPrefix(prefix) }
    }

    /// The names of the complete copies, oldest first.
    private var finished: [String] {
        names.filter { $0.wholeMatch(of: /.*\.[0-9]{8}T[0-9]{6}Z/) != nil }.sorted { $0.suffix(16) < $1.suffix(16) }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
    }

    /// Creates the file with mode 0600; SQLite writes into an empty file and keeps its mode.
    private static func createEmpty(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("cannot create the copy \(path)") }
        close(descriptor)
    }

    /// Waits until a file or folder is on disk.
    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("cannot open \(path)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure("cannot write \(path) to disk") }
    }

    private static func freeBytes(_ folder: String) throws -> Int64 {
        var system = statvfs()
        guard statvfs(folder, &system) == 0 else { throw Failure("cannot read the free space of \(folder)") }
        let (bytes, isTooMuch) = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        return isTooMuch ? .max : Int64(clamping: bytes)
    }
}
