import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("Copies before a migration")
struct MigrationCopyTests {
    /// Creates a database of the first version with one entry in the audit log.
    private func old(_ path: String, more sql: String = "") throws {
        let queue = try DatabaseQueue(path: path)
        try Schema.migrator.migrate(queue, upTo: "1")
        try queue.write {
            try $0.execute(sql: "INSERT INTO act (at, action, detail) VALUES (1, 'kept', ''); " + sql)
        }
        try queue.close()
    }

    private func copies(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains(".before-") }.sorted()
    }

    private func applied(_ path: String) throws -> Set<String> {
        let queue = try DatabaseQueue(path: path)
        defer { try? queue.close() }
        return try queue.read { try Schema.migrator.appliedIdentifiers($0) }
    }

    @Test("the database is copied once before its migration, and only the owner can access the copy")
    func copied() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("gridpost.db").path
            try old(path)
            var migration = Migration(path: path)
            migration.copy.now = { Timestamp(seconds: 1_795_601_700) }
            let store = try Store(path: path, migration: migration)
            let name = "gridpost.db.before-\(Schema.latest).20261125T101500Z"
            #expect(store.migrationCopy == folder.appendingPathComponent(name).path)
            try store.close()
            #expect(try copies(folder) == [name])
            let copy = folder.appendingPathComponent(name).path
            #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
            #expect(try applied(copy) == ["1"])
            let queue = try DatabaseQueue(path: copy)
            #expect(try await queue.read { try String.fetchOne($0, sql: "SELECT action FROM act") } == "kept")
            try queue.close()

            let again = try Store(path: path)
            #expect(again.migrationCopy == nil)
            try again.close()
            let new = try Store(path: folder.appendingPathComponent("new").path)
            #expect(new.migrationCopy == nil)
            try new.close()
            #expect(try copies(folder) == [name])
        }
    }

    @Test("the two newest copies are kept, and unfinished ones are removed")
    func kept() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try old(path)
            let before = ["db.before-9.20250101T000000Z", "db.before-2.20260101T000000Z"]
            let others = ["other.before-2.20250101T000000Z", "db.before-the-fair"]
            for name in before + others + ["db.before-3.20260201T000000Z.unfinished"] {
                _ = FileManager.default.createFile(atPath: folder.appendingPathComponent(name).path, contents: nil)
            }
            var migration = Migration(path: path)
            // A machine's clock may be years behind.
            migration.copy.now = { Timestamp(seconds: 0) }
            try Store(path: path, migration: migration).close()
            let wanted = ["db.before-\(Schema.latest).19700101T000000Z", before[1]] + others
            #expect(try copies(folder) == wanted.sorted())
        }
    }

    @Test("without room for the copy the database is refused and not changed")
    func noRoom() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try old(path)
            var migration = Migration(path: path)
            migration.copy.freeBytes = { _ in 3 << 20 }
            let refusal = #expect(throws: Store.Refusal.self) { try Store(path: path, migration: migration) }
            #expect(refusal?.description.contains("16 MiB and 3 MiB are free. Make room") == true)
            #expect(try applied(path) == ["1"])
            #expect(try copies(folder).isEmpty)
        }
    }

    @Test("a failed migration changes nothing and leaves no copy")
    func failing() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try old(path, more: "CREATE TABLE ticket (id INTEGER)")
            #expect(throws: Store.Refusal.self) { try Store(path: path) }
            #expect(try applied(path) == ["1"])
            #expect(try copies(folder).isEmpty)
        }
    }

    @Test("a database of a newer version is refused, with advice, and not changed")
    func newer() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try await NewerDatabase.make(at: path)
            let refusal = #expect(throws: Store.Refusal.self) { try Store(path: path) }
            #expect(refusal?.description.contains("newer gridpost (1000)") == true)
            #expect(refusal?.description.contains("install the newer gridpost again") == true)
            #expect(try copies(folder).isEmpty)
        }
    }
}
