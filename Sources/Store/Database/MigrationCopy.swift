import Domain
import Foundation
import GRDB

/// Copies a database beside itself before its tables are changed, and keeps the two newest copies.
struct MigrationCopy {
    let path: String
    /// How many bytes are free where a file is.
    var freeBytes: @Sendable (String) throws -> Int64 = Self.freeBytes
    var now: @Sendable () -> Timestamp = { SystemClock().now }

    private static let kept = 2
    /// Room for what SQLite writes besides the copy.
    private static let slack: Int64 = 16 << 20

    init(path: String) { self.path = path }

    private var file: URL { URL(fileURLWithPath: path).resolvingSymlinksInPath() }
    private var folder: URL { file.deletingLastPathComponent() }
    private var prefix: String { file.lastPathComponent + ".before-" }

    /// Gives back where the copy is. It is on the disk, whole, before this returns.
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
            guard rename(unfinished, made) == 0 else { throw Failure("\(made) cannot be made") }
            try Self.sync(folder.path)
        } catch {
            remove(unfinished)
            throw error
        }
        // The new one stays also when the clock went back and the others look newer.
        let others = finished.filter { folder.appendingPathComponent($0).path != made }
        for name in others.dropLast(Self.kept - 1) { remove(folder.appendingPathComponent(name).path) }
        return made
    }

    func remove(_ copy: String) { unlink(copy) }

    /// Such as 20261125T101500Z.
    private var stamp: String { now().rfc3339.prefix(19).filter { $0 != "-" && $0 != ":" } + "Z" }

    private var names: [String] {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return all.filter { $0.hasPrefix(prefix) }
    }

    /// The names of the whole copies, the oldest first.
    private var finished: [String] {
        names.filter { $0.wholeMatch(of: /.*\.[0-9]{8}T[0-9]{6}Z/) != nil }.sorted { $0.suffix(16) < $1.suffix(16) }
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
    }

    /// SQLite takes an empty file that it finds, and leaves its rights as they are.
    private static func createEmpty(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure("the copy \(path) cannot be made") }
        close(descriptor)
    }

    /// Waits until a file or a folder is on the disk.
    private static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure("\(path) cannot be opened") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw Failure("\(path) cannot be written to the disk") }
    }

    private static func freeBytes(_ folder: String) throws -> Int64 {
        var system = statvfs()
        guard statvfs(folder, &system) == 0 else { throw Failure("\(folder) does not say how much room it has") }
        let (bytes, isTooMuch) = UInt64(system.f_bavail).multipliedReportingOverflow(by: UInt64(system.f_frsize))
        return isTooMuch ? .max : Int64(clamping: bytes)
    }
}
