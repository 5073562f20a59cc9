import Domain
import Foundation
import GRDB
import TestSupport
import Testing

@testable import Store

@Suite("The lock of a database")
struct LockTests {
    private func isInUse(_ path: String) -> Bool {
        do {
            _ = try Store(path: path)
            return false
        } catch Store.Refusal.inUse {
            return true
        } catch {
            return false
        }
    }

    @Test(
        "the lock holds for every name of the file, in this process and in others",
        arguments: ["db", "symbolic", "hard"])
    func names(name: String) async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let store = try Store(path: path)
            try FileManager.default.createSymbolicLink(
                atPath: folder.appendingPathComponent("symbolic").path, withDestinationPath: path)
            try FileManager.default.linkItem(atPath: path, toPath: folder.appendingPathComponent("hard").path)
            let other = folder.appendingPathComponent(name).path
            #expect(isInUse(other))
            await #expect(processExitsWith: .exitCode(42)) { [other = other as String] in
                do {
                    _ = try Store(path: other)
                } catch Store.Refusal.inUse {
                    exit(42)
                }
            }
            try store.close()
            #expect(!isInUse(path))
        }
    }

    @Test("the lock is released when its process dies, and committed data is kept")
    func death() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
                let store = try Store(path: path)
                try await store.write { try $0.auditLog.note("a", detail: "b", uid: nil, at: Timestamp(seconds: 1)) }
                kill(getpid(), SIGKILL)
                _ = store
            }
            let store = try Store(path: path)
            let count = try await store.read { try Int.fetchOne($0.database, sql: "SELECT COUNT(*) FROM act") }
            #expect(count == 1)
        }
    }

    @Test("SQLite's own locks are kept, also after a second store was refused")
    func sqliteLocks() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let store = try Store(path: path)
            #expect(isInUse(path))
            // Leaving write-ahead log mode needs exclusive access to the file, which the store has open.
            await #expect(processExitsWith: .exitCode(42)) { [path = path as String] in
                do {
                    let queue = try DatabaseQueue(path: path)
                    try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    exit(42)
                }
            }
            let (isWriting, mayEnd) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            async let writing: Void = store.write { _ in
                isWriting.signal()
                mayEnd.wait()
            }
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async {
                    isWriting.wait()
                    continuation.resume()
                }
            }
            await #expect(processExitsWith: .exitCode(42)) { [path = path as String] in
                do {
                    let queue = try DatabaseQueue(path: path)
                    try await queue.write { try $0.execute(sql: "DELETE FROM act") }
                } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY {
                    exit(42)
                }
            }
            mayEnd.signal()
            try await writing
            // No transaction is open now, so another process may write.
            await #expect(processExitsWith: .exitCode(42)) { [path = path as String] in
                let queue = try DatabaseQueue(path: path)
                try await queue.write { try $0.execute(sql: "DELETE FROM act") }
                exit(42)
            }
        }
    }

    @Test("the daemon waits for a process that only reads")
    func reader() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            try Store(path: path).close()
            let (reads, mayEnd) = (path + "-reads", path + "-may-end")
            async let reading = #expect(processExitsWith: .exitCode(42)) {
                [path = path as String, reads = reads as String, mayEnd = mayEnd as String] in
                let lock = try FileLock(path: path, .shared)
                _ = FileManager.default.createFile(atPath: reads, contents: nil)
                try await wait(for: "the other process") { FileManager.default.fileExists(atPath: mayEnd) }
                _ = try #require(lock)
                withExtendedLifetime(lock) {}
                exit(42)
            }
            try await wait(for: "the reader") { FileManager.default.fileExists(atPath: reads) }
            // A separate thread, because opening the store blocks this one until the reader is done.
            Thread.detachNewThread {
                usleep(300_000)
                _ = FileManager.default.createFile(atPath: mayEnd, contents: nil)
            }
            let store = try Store(path: path)
            _ = await reading
            try store.close()
        }
    }

    @Test("the lock creates no file, and only the owner can access the database")
    func files() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let store = try Store(path: path)
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            try store.close()
            let names = Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
            #expect(names.isSubset(of: ["db", "db-wal", "db-shm", "db.created"]))
        }
    }
}
