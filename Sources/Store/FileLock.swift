import Glibc

/// A lock that lives as long as the process that took it.
final class FileLock: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let descriptor: Int32

    /// `nil` when another process has the lock.
    init?(path: String) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw Failure(description: "\(path) cannot be created: \(String(cString: strerror(errno)))")
        }
        self.descriptor = descriptor
        // A refused lock is closed by deinit.
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return nil }
    }

    deinit { close(descriptor) }
}
