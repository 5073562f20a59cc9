import Foundation
import Messages

/// The paths of an installation: as configured, next to the program, in its prefix, or in the source checkout.
struct InstalledPaths {
    struct NotFound: Error, CustomStringConvertible {
        let description: String
    }

    private let program: URL

    init() {
        program =
            (URL(string: "file:///proc/self/exe")?.resolvingSymlinksInPath()
                ?? URL(fileURLWithPath: CommandLine.arguments[0]))
    }

    /// The path of the running program.
    var executable: String { program.path }

    func modemProgram(_ configured: String?) throws -> String {
        if let configured {
            guard FileManager.default.isExecutableFile(atPath: configured) else {
                throw NotFound(description: "[paths] modem_program: \(configured) is not an executable file")
            }
            return configured
        }
        let folder = program.deletingLastPathComponent()
        let places = [
            folder.appendingPathComponent("gridpost-modem"),
            folder.appendingPathComponent("../libexec/gridpost/gridpost-modem").standardizedFileURL,
        ]
        guard let found = places.first(where: { FileManager.default.isExecutableFile(atPath: $0.path) }) else {
            throw NotFound(
                description:
                    "gridpost-modem is neither next to \(program.path) nor in ../libexec/gridpost; set [paths] modem_program"
            )
        }
        return found.path
    }

    func templates(_ configured: String?, overrides: String?) throws -> LibraryFolders {
        if let overrides, !Self.isFolder(overrides) {
            throw NotFound(description: "[paths] overrides: \(overrides) is not a folder")
        }
        if let configured {
            guard Self.isFolder(configured) else {
                throw NotFound(description: "[paths] templates: \(configured) is not a folder")
            }
            return LibraryFolders(shipped: configured, overrides: overrides)
        }
        let folder = program.deletingLastPathComponent()
        var places = [
            folder.appendingPathComponent("templates"),
            folder.appendingPathComponent("../share/gridpost/templates").standardizedFileURL,
        ]
        if let checkout { places.append(checkout.appendingPathComponent("templates")) }
        guard let found = places.first(where: { Self.isFolder($0.appendingPathComponent("payments").path) }) else {
            throw NotFound(
                description:
                    "the templates are neither next to \(program.path) nor in ../share/gridpost; set [paths] templates"
            )
        }
        return LibraryFolders(shipped: found.path, overrides: overrides)
    }

    /// The folder of the modems' profiles.
    func modemProfiles() throws -> String {
        let folder = program.deletingLastPathComponent()
        var places = [folder.appendingPathComponent("../share/gridpost/modem-profiles").standardizedFileURL]
        if let checkout { places.append(checkout.appendingPathComponent("modem/profiles")) }
        guard let found = places.first(where: { Self.isFolder($0.path) }) else {
            throw NotFound(description: "the modems' profiles are not in \(places[0].path)")
        }
        return found.path
    }

    /// The source checkout that the program was built in: the nearest folder above with a manifest.
    private var checkout: URL? {
        var above = program.deletingLastPathComponent()
        while above.path != "/" {
            if FileManager.default.fileExists(atPath: above.appendingPathComponent("Package.swift").path) {
                return above
            }
            above.deleteLastPathComponent()
        }
        return nil
    }

    private static func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
