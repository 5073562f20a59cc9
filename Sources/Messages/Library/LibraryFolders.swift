import Foundation

/// The template folders: the shipped one, and the operator's own, which takes precedence.
package struct LibraryFolders: Sendable {
    package let shipped: String
    package let overrides: String?
    /// One wallet's file that takes precedence over both, for trying it out.
    package var wallet: String?

    package init(shipped: String, overrides: String?) {
        self.shipped = shipped
        self.overrides = overrides
    }

    /// The files of a kind, sorted by name without ending; the operator's file replaces a shipped one of the same name.
    func files(in folder: String, ending: String) throws -> [(name: String, path: String)] {
        var found: [String: String] = [:]
        for root in [shipped, overrides].compactMap({ $0 }) {
            let path = "\(root)/\(folder)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            for file in try FileManager.default.contentsOfDirectory(atPath: path) where file.hasSuffix(ending) {
                found[String(file.dropLast(ending.count))] = "\(path)/\(file)"
            }
        }
        if folder == "payments", let wallet {
            let file = URL(fileURLWithPath: wallet)
            found[file.deletingPathExtension().lastPathComponent] = file.path
        }
        return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    /// The root that contains a folder: the shipped one, unless only the operator's has it.
    func home(of folder: String) -> String {
        guard let overrides, !FileManager.default.fileExists(atPath: "\(shipped)/\(folder)") else { return shipped }
        return overrides
    }

    func folders(in folder: String = "") throws -> Set<String> {
        var found: Set<String> = []
        for root in [shipped, overrides].compactMap({ $0 }) {
            let path = folder.isEmpty ? root : "\(root)/\(folder)"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            found.formUnion(try FileManager.default.contentsOfDirectory(atPath: path))
        }
        return found
    }
}
