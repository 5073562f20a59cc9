import CLinux
import Foundation

/// A program that a test starts. Unlike with Foundation's `Process`, it inherits no descriptors of tests running at the
/// same time: an inherited descriptor would hide an end of file from those tests while this program runs.
package struct ChildProgram: Sendable {
    /// The program cannot be started.
    package struct CannotStart: Error {
        package let problem: Int32
    }

    /// How a program ended.
    package enum End: Sendable, Hashable {
        case exit(Int32)
        case signal(Int32)
    }

    /// The process ID.
    package let process: pid_t
    private let channel: FileHandle

    /// Starts `arguments`, a program and its options, with a socket to the test as its descriptor 3.
    /// - Throws: `CannotStart`.
    package init(_ arguments: [String]) throws {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw CannotStart(problem: errno)
        }
        channel = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        defer { close(ends[1]) }
        var words = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let problem = gridpost_spawn(arguments[0], &words, ends[1], &process)
        guard problem == 0 else { throw CannotStart(problem: problem) }
        self.process = process
    }

    /// Reads what the program writes to its descriptor 3, until it closes it.
    package func read() -> String { String(decoding: channel.readDataToEndOfFile(), as: UTF8.self) }

    /// Waits until the program ends. Call it only once.
    package func wait() -> End {
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        return status & 0x7f == 0 ? .exit((status >> 8) & 0xff) : .signal(status & 0x7f)
    }
}
