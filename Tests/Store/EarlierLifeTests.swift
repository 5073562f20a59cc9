import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("A database that is gone")
struct EarlierLifeTests {
    private func refuses(_ path: String) throws -> Bool {
        do {
            try Store(path: path).close()
            return false
        } catch Store.Refusal.missing {
            return true
        }
    }

    @Test("a first start makes a database; a start without the earlier one is refused until it is asked for")
    func deleted() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("gridpost.sqlite").path
            #expect(try !refuses(path))
            #expect(try !refuses(path), "a later start")
            try FileManager.default.removeItem(atPath: path)
            #expect(try refuses(path))
            #expect(try refuses(path), "also the second time")
            #expect(!FileManager.default.fileExists(atPath: path), "nothing was made")
            try Store(path: path, beginsAnew: true).close()
            #expect(try !refuses(path))
        }
    }

    @Test("an empty file is no database, and a copy beside it shows an earlier life")
    func emptied() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("gridpost.sqlite").path
            _ = FileManager.default.createFile(atPath: path, contents: Data())
            #expect(try !refuses(path), "an installer may have made the file")
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.removeItem(atPath: path + ".created")
            _ = FileManager.default.createFile(atPath: path + ".before-8.20261130T101500Z", contents: Data())
            #expect(try refuses(path))
        }
    }
}
