import Foundation
import GRDB

/// Opens a database for reading without changing or creating files beside it, even after a crash or during its use.
struct ReadOnlyDatabase {
    let path: String
    let isInUse: Bool

    /// Opens the database, runs `body` and closes it.
    func use<Value>(_ body: (DatabaseQueue) throws -> Value) throws -> Value {
        // The write-ahead log is beside the file itself, not beside a link to it.
        let file = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let logged = Inspection.size(of: file + "-wal") ?? 0
        if !isInUse, logged == 0 {
            // All data is in the file, and no process writes to it: SQLite needs neither the log nor its index.
            return try open(file, "immutable=1", body)
        }
        if isInUse || Inspection.size(of: file + "-shm") != nil {
            // SQLite reads the log and does not write its index; after a crash it builds an index in memory.
            return try open(file, "readonly_shm=1", body)
        }
        // A log without its index, as after a copy by hand. SQLite would create the index, so a temporary copy is
        // opened.
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let copy = folder.appendingPathComponent("db").path
        for ending in ["", "-wal"] { try FileManager.default.copyItem(atPath: file + ending, toPath: copy + ending) }
        return try open(copy, nil, body)
    }

    private func open<Value>(_ file: String, _ option: String?, _ body: (DatabaseQueue) throws -> Value) throws -> Value
    {
        var configuration = Configuration()
        configuration.label = "inspection"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        var characters = CharacterSet.urlPathAllowed
        characters.remove(charactersIn: "?#%;")
        let name = file.addingPercentEncoding(withAllowedCharacters: characters) ?? file
        let queue = try DatabaseQueue(
            path: "file:\(name)?mode=ro" + (option.map { "&\($0)" } ?? ""), configuration: configuration)
        defer { try? queue.close() }
        return try body(queue)
    }
}
