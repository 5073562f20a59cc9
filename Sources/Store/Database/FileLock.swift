import Glibc
import NIOConcurrencyHelpers

/// A lock of a file itself, whatever the name under which it is opened: symbolic and hard links and bind mounts lead to
/// the same lock. It ends when it is released and when its process dies.
///
/// It is taken with flock(2), which on a local file system is independent of SQLite's fcntl(2) locks. But a process that
/// closes any descriptor of a file loses all its fcntl locks on that file. So the lock of a database is taken before
/// SQLite opens the file and released after SQLite has closed it, and a file that this process has locked already is not
/// opened again.
final class FileLock: Sendable {
    enum Kind {
        /// For the daemon, which writes. The file is made when it is missing.
        case exclusive
        /// For those who only read. It keeps the daemon from starting in the middle.
        case shared
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// What tells one file from all others, whatever its names.
    private struct Identity: Hashable {
        let device: dev_t
        let node: ino_t

        init(_ file: stat) { (device, node) = (file.st_dev, file.st_ino) }
    }

    private enum Attempt {
        case taken(Int32, Identity)
        /// Only readers have the lock: they will be done soon.
        case heldByReaders
        case held
    }

    /// The files that this process has locked.
    private static let ours = NIOLockedValueBox<Set<Identity>>([])
    /// How long the daemon waits for those who read: milliseconds.
    private static let longestWait = 10_000
    private static let pause = 20

    private let descriptor: Int32
    private let identity: Identity

    /// `nil` when the file is locked already.
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
                // Before there is anything else to do: nobody else waits for this thread.
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
                throw Failure(description: "it cannot be locked: \(String(cString: strerror(errno)))")
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
