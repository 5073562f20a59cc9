import Foundation

/// Whether a database existed before at a path. A daemon that finds its database missing must not begin a new one
/// silently: all payments, debts and counters would be gone.
struct EarlierLife {
    let path: String

    /// A file beside the database that stays when the database is deleted.
    private var mark: String { path + ".created" }

    /// What shows that there was a database, while there is none now; `nil` if there is one or never was.
    func trace() -> String? {
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int64) ?? 0
        guard size == 0 else { return nil }
        if FileManager.default.fileExists(atPath: mark) { return mark }
        let file = URL(fileURLWithPath: path)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)) ?? []
        let copies = names.filter { $0.hasPrefix(file.lastPathComponent + ".before-") }
        return copies.max().map { file.deletingLastPathComponent().appendingPathComponent($0).path }
    }

    /// Leaves the mark, if there is none.
    func leaveMark() {
        guard !FileManager.default.fileExists(atPath: mark) else { return }
        let text =
            "A gridpost database was created here. Without it, 'gridpost run' begins a new one only with --new.\n"
        _ = FileManager.default.createFile(
            atPath: mark, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
    }
}
