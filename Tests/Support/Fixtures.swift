import Foundation

/// Files that tests read, and folders that they may write to.
package enum Fixtures {
    /// The checkout that the tests were built from.
    package static let checkout = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The bytes of a file in `Tests/Fixtures`.
    package static func data(_ name: String) throws -> Data {
        try Data(contentsOf: checkout.appendingPathComponent("Tests/Fixtures/\(name)"))
    }

    /// A new folder that is removed after `body`.
    package static func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("gridpost-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder)
    }
}

/// The programs that were built together with the tests.
package enum Products {
    /// The folder of the running test program, which is that of all products, unless figures of others are wanted.
    package static let folder =
        ProcessInfo.processInfo.environment["GRIDPOST_PROGRAMS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()

    package static var gridpost: String { folder.appendingPathComponent("gridpost").path }
    package static var modem: String { folder.appendingPathComponent("gridpost-modem").path }
    /// Tries what a modem process must not do.
    package static var confinementProbe: String { folder.appendingPathComponent("confinement-probe").path }
}
