import Foundation

/// Files for tests to read, and folders for tests to write to.
package enum Fixtures {
    /// The source checkout from which the tests were built.
    package static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The bytes of a file in `Tests/Fixtures`.
    /// - Throws: a Foundation error if the file cannot be read.
    package static func data(_ name: String) throws -> Data {
        try Data(contentsOf: checkout.appendingPathComponent("Tests/Fixtures/\(name)"))
    }

    /// Runs `body` with a new folder, and removes the folder afterwards.
    /// - Throws: a Foundation error if the folder cannot be created, or an error of `body`.
    package static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}

/// The programs built together with the tests.
package enum Products {
    /// The folder of the programs: GRIDPOST_PROGRAMS if set, otherwise the folder of the running test program.
    package static let folder =
        ProcessInfo.processInfo.environment["GRIDPOST_PROGRAMS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    package static var gridpost: String { folder.appendingPathComponent("gridpost").path }
    package static var modem: String { folder.appendingPathComponent("gridpost-modem").path }
    /// A program that tries the actions that a modem process is not allowed.
    package static var confinementProbe: String { folder.appendingPathComponent("confinement-probe").path }
}
