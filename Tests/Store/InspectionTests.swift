import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Inspection of a database")
struct InspectionTests {
    private static let device = """
        INSERT INTO cluster (name) VALUES ('Pwani');
        INSERT INTO mini_grid (cluster_id, name) VALUES (1, 'Kisiwa');
        INSERT INTO village (mini_grid_id, name) VALUES (1, 'Kijiji');
        INSERT INTO customer (name, village_id, created_at) VALUES ('Rehema', 1, 1);
        INSERT INTO device (customer_id, kind, serial, token, created_at) VALUES (1, 'meter', '1', 'calin', 1);
        """

    /// The files of a folder with their contents and modification times.
    private func files(_ folder: URL) throws -> [String: String] {
        var files: [String: String] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
            let path = folder.appendingPathComponent(name).path
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let content = FileManager.default.contents(atPath: path)?.base64EncodedString() ?? ""
            files[name] = "\(attributes[.modificationDate] ?? "") \(content)"
        }
        return files
    }

    /// Inspects the database and checks that no file was created, changed or removed.
    private func inspect(_ path: String, timeout: Duration = .seconds(60)) throws -> Inspection {
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        let before = try files(folder)
        defer { #expect((try? files(folder)) == before) }
        return try Inspection(path: path, timeout: timeout)
    }

    /// Writes a device in a process that is then killed, so that the device is in the write-ahead log only.
    private func crash(_ path: String) async {
        await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
            let store = try Store(path: path)
            try await store.write { try $0.database.execute(sql: InspectionTests.device) }
            kill(getpid(), SIGKILL)
            _ = store
        }
    }

    @Test("a missing or empty database is reported as empty")
    func empty() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let missing = try inspect(path)
            _ = FileManager.default.createFile(atPath: path, contents: nil)
            let empty = try inspect(path)
            #expect(missing.version == .empty && empty.version == .empty)
        }
    }

    @Test("a closed database is read, also through a link and with special characters in its name")
    func closed() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("50% of #1? & more").path
            let store = try Store(path: path)
            try await store.write { try $0.database.execute(sql: Self.device) }
            try store.close()
            let link = folder.appendingPathComponent("link").path
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            for name in [path, link] {
                let found = try inspect(name)
                #expect(found.version == .current(Schema.latest) && found.soundness == .sound && !found.isInUse)
                #expect(found.tokenKinds == ["calin"])
            }
        }
    }

    @Test("data that a crash left in the write-ahead log is read", arguments: [true, false])
    func crashed(folderIsWritable: Bool) async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            await crash(path)
            try #require(FileManager.default.fileExists(atPath: path + "-wal"))
            let rights = folderIsWritable ? 0o700 : 0o500
            try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: folder.path)
            defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.path) }
            let found = try inspect(path)
            #expect(found.tokenKinds == ["calin"] && found.version == .current(Schema.latest) && !found.isInUse)
        }
    }

    @Test("a write-ahead log without its index is read")
    func logAlone() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            await crash(path)
            try FileManager.default.removeItem(atPath: path + "-shm")
            let found = try inspect(path)
            #expect(found.tokenKinds == ["calin"])
        }
    }

    @Test("a database in use is read while a daemon writes to it")
    func inUse() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let store = try Store(path: path)
            try await store.write { try $0.database.execute(sql: Self.device) }
            let before = try files(folder)
            await #expect(processExitsWith: .exitCode(42)) { [path = path as String] in
                let found = try Inspection(path: path)
                if found.isInUse, found.tokenKinds == ["calin"], found.soundness == .sound { exit(42) }
            }
            #expect(try files(folder) == before)
            try await store.write { try $0.database.execute(sql: "UPDATE device SET token = 'sts'") }
            let found = try Inspection(path: path)
            #expect(found.isInUse && found.tokenKinds == ["sts"])
        }
    }

    @Test("a database of a newer version is refused")
    func newer() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try await NewerDatabase.make(at: path)
            let refusal = #expect(throws: Store.Refusal.self) { try inspect(path) }
            #expect(refusal?.description.contains("newer gridpost (1000)") == true)
        }
    }

    @Test("an older database is not changed")
    func older() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let queue = try DatabaseQueue(path: path)
            try Schema.migrator.migrate(queue, upTo: "3")
            try queue.close()
            #expect(try inspect(path).version == .older("3", latest: Schema.latest))
        }
    }

    @Test("damage is found, and the check ends at its timeout")
    func damage() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let store = try Store(path: path)
            try await store.write {
                try $0.database.execute(
                    sql: """
                        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
                        INSERT INTO act (at, action, detail) SELECT i, 'x', hex(randomblob(100)) FROM n
                        """)
            }
            try store.close()
            #expect(try inspect(path).soundness == .sound)
            #expect(try inspect(path, timeout: .zero).soundness == .unfinished)
            let file = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try file.seek(toOffset: file.seekToEnd() / 2 / 4096 * 4096)
            try file.write(contentsOf: Data(repeating: 0xff, count: 40_960))
            try file.close()
            let refusal = #expect(throws: Inspection.Refusal.self) { try inspect(path) }
            #expect(refusal?.description.contains("is damaged") == true)
            try Data(repeating: 0x41, count: 8_192).write(to: URL(fileURLWithPath: path))
            #expect(throws: Inspection.Refusal.self) { try inspect(path) }
        }
    }
}
