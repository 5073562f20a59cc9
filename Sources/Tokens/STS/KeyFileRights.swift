import Foundation

/// Checks that a file of secrets is accessible only to its owner, the user that runs the service.
enum KeyFileRights {
    static func check(_ path: String) throws {
        var file = stat()
        guard stat(path, &file) == 0 else {
            throw Refusal(path, "cannot be opened: \(String(cString: strerror(errno)))", "create it with mode 0600")
        }
        guard file.st_mode & S_IFMT == S_IFREG else {
            throw Refusal(path, "is not a regular file", "give the path of a file")
        }
        guard file.st_uid == geteuid() else {
            throw Refusal(
                path, "belongs to user \(file.st_uid), but the service runs as \(geteuid())",
                "change its owner to the service's user")
        }
        guard file.st_mode & 0o177 == 0 else {
            throw Refusal(
                path, "has mode \(String(file.st_mode & 0o777, radix: 8)); only its owner may read or write it",
                "chmod 600 \(path)")
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        var directory = stat()
        guard stat(folder, &directory) == 0 else { return }
        // In a sticky folder users cannot replace the files of others.
        let writable = directory.st_mode & 0o022 != 0 && directory.st_mode & S_ISVTX == 0
        guard !writable else {
            throw Refusal(folder, "is writable by other users, who could replace the file", "chmod go-w \(folder)")
        }
    }

    struct Refusal: Error, CustomStringConvertible {
        let description: String

        init(_ path: String, _ what: String, _ remedy: String) { description = "\(path): \(what). \(remedy)" }
    }
}
