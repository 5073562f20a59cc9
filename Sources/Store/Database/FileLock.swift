import Glibc
import NIOConcurrencyHelpers

/// A lock on a file, independent of the name under which it is opened: symbolic links, hard links and bind mounts lead
/// to the same lock. It ends when it is released or when its process ends.
///
/// It uses flock(2), which on a local file system is independent of SQLite's fcntl(2) locks. However, a process that
/// closes any descriptor of a file loses all its fcntl locks on that file. So the lock is taken before SQLite opens the
/// database and released after SQLite has closed it, and a file that this process has already locked is not opened
/// again.
final class FileLock: Sendable {
    enum Kind {
        /// For the daemon, which writes. The file is created if it is missing.
        case exclusive
        /// For readers. It keeps the daemon from starting while they read.
        case shared
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Identifies a file independently of its names.
    private struct Identity: Hashable {
        let device: dev_t
        let node: ino_t

        init(_ file: stat) { (device, node) = (file.st_dev, file.st_ino) }
    }

    private enum Attempt {
        case taken(Int32, Identity)
        /// Only readers hold the lock, which they do for a short time.
        case heldByReaders
        case held
    }

    /// The files that this process has locked.
    private static let ours = NIOLockedValueBox<Set<Identity>>([])
    /// Maximum time that the daemon waits for readers, in milliseconds.
    private static let longestWait = 10_000
    private static let pause = 20

    private let descriptor: Int32
    private let identity: Identity

    /// Takes the lock; `nil` if the file is already locked.
    /// - Throws: `Failure` if the file cannot be opened or locked.
    init?(path: String, _ kind: Kind) throws {
        var waited = 0
        while true {
            switch try Self.attempt(path, kind) {
            case .taken(let descriptor, let identity):
                self.descriptor = descriptor
                self.identity = identity
                return
            case .heldByReaders where waited < Self.longestWait:
                waited += Self.pause
                // Blocking is acceptable: the daemon has not started, so no other work needs this thread.
                usleep(UInt32(Self.pause) * 1_000)
            case .heldByReaders, .held: return nil
            }
        }
    }

    private static func attempt(_ path: String, _ kind: Kind) throws -> Attempt {
        try ours.withLockedValue { ours in
            var file = stat()
            if stat(path, &file) == 0, ours.contains(Identity(file)) { return .held }
            let descriptor =
                kind == .exclusive
                ? open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600) : open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0, fstat(descriptor, &file) == 0 else {
                let reason = String(cString: strerror(errno))
                if descriptor >= 0 { close(descriptor) }
                throw Failure(description: reason)
            }
            if flock(descriptor, (kind == .exclusive ? LOCK_EX : LOCK_SH) | LOCK_NB) == 0 {
                ours.insert(Identity(file))
                return .taken(descriptor, Identity(file))
            }
            defer { close(descriptor) }
            guard errno == EWOULDBLOCK else {
                throw Failure(description: "cannot lock the file: \(String(cString: strerror(errno)))")
            }
            return kind == .exclusive && flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? .heldByReaders : .held
        }
    }

    deinit {
        Self.ours.withLockedValue { ours in
            ours.remove(identity)
            _ = close(descriptor)
        }
    }
}
