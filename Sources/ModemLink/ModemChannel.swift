import Foundation
import ModemMessages
import NIOConcurrencyHelpers

/// The channel to one modem process: sends commands, and reads reports in a thread until the process ends.
final class ModemChannel: Sendable {
    private struct State {
        var pending: [Int: CheckedContinuation<ModemAnswer, any Error>] = [:]
        var nextCall = 1
        var isGone = false
        /// The reports of the process are no longer needed.
        var isOver = false
        /// The location that the process is reading.
        var reading: Int?
    }

    /// The process ended, or its channel broke, before it answered.
    struct Gone: Error {}

    /// The process ended before the command was sent, so nothing happened.
    struct NotAsked: Error {}

    private let connection: ModemConnection
    private let state = NIOLockedValueBox(State())
    private let queue: EventQueue
    private let onNews: @Sendable (News) -> Void
    private let onEnd: @Sendable () -> Void

    private var socket: Int32 { connection.socket }

    /// The process id of the child; `nil` for a process started by systemd.
    var process: pid_t? { connection.process }

    /// A report that is not an answer.
    enum News: Sendable {
        /// An event was added to the queue.
        case event
        /// The process survived reading a location.
        case survived(location: Int)
        case wantsPoll
    }

    /// Adds events to the queue; while it is full, the process is not read. Calls `onEnd` once, when the process has
    /// ended.
    init(
        _ connection: ModemConnection, queue: EventQueue, onNews: @escaping @Sendable (News) -> Void,
        onEnd: @escaping @Sendable () -> Void
    ) {
        self.connection = connection
        self.queue = queue
        self.onNews = onNews
        self.onEnd = onEnd
        let thread = Thread { [self] in readUntilEnd() }
        thread.name = "modem-reader"
        thread.stackSize = 256 * 1024
        thread.start()
    }

    /// Sends a command and waits for the answer. Kills the process after `deadline`.
    func call(_ body: ModemCommand.Body, deadline: Duration) async throws -> ModemAnswer {
        let timer = Task { [weak self] in
            try await Task.sleep(for: deadline)
            self?.kill()
            // A process that hangs in the kernel survives SIGKILL; the callers must not wait for it.
            self?.finish()
        }
        defer { timer.cancel() }
        return try await withCheckedThrowingContinuation { continuation in
            let id: Int? = state.withLockedValue { state in
                guard !state.isGone else { return nil }
                state.nextCall += 1
                state.pending[state.nextCall] = continuation
                return state.nextCall
            }
            guard let id else { return continuation.resume(throwing: NotAsked()) }
            if !write(ModemCommand(id: id, body: body)) { kill() }
        }
    }

    /// Whether the process ended, or its channel broke.
    var isGone: Bool { state.withLockedValue { $0.isGone } }

    /// The location, in libgammu's numbering, that the process was reading when it ended.
    var endedAt: Int? { state.withLockedValue { $0.isGone ? $0.reading : nil } }

    /// Kills the process.
    func kill() {
        state.withLockedValue { state in
            // The process id belongs to our child until it is reaped, which happens after `isGone` is set.
            if !state.isGone { connection.kill() }
            state.isOver = true
        }
        queue.wake()
    }

    /// Closes the channel; the process then ends by itself.
    func finish() {
        state.withLockedValue { $0.isOver = true }
        shutdown(socket, Int32(SHUT_RDWR))
        queue.wake()
    }

    private func write(_ command: ModemCommand) -> Bool {
        guard var line = try? JSONEncoder().encode(command), line.count < ModemProtocol.longestLine else {
            return false
        }
        line.append(0x0a)
        var rest = line[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return false }
        }
        return true
    }

    private func readUntilEnd() {
        var unread: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: ModemProtocol.longestReport)
        reading: while true {
            let count = read(socket, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            unread += buffer.prefix(count)
            var start = 0
            while let end = unread[start...].firstIndex(of: 0x0a) {
                guard end - start < ModemProtocol.longestReport,
                    let report = try? JSONDecoder().decode(ModemReport.self, from: Data(unread[start..<end])),
                    take(report)
                else { break reading }
                start = end + 1
            }
            unread.removeSubrange(..<start)
            if unread.count >= ModemProtocol.longestReport { break }
        }
        let waiting = state.withLockedValue { state in
            connection.kill()
            state.isGone = true
            defer { state.pending = [:] }
            return state.pending.values
        }
        for continuation in waiting { continuation.resume(throwing: Gone()) }
        onEnd()
        // Only this thread waits for a process that cannot be killed.
        connection.reap()
    }

    /// Closed only here: another thread may still hold the descriptor, which could be reused for another socket.
    deinit { close(socket) }

    /// Handles a report. Returns `false` if the process has another protocol version, or its reports are no longer
    /// needed.
    private func take(_ report: ModemReport) -> Bool {
        switch report {
        case .hello(let version): return version == ModemProtocol.version
        case .answer(let id, let answer):
            state.withLockedValue { $0.pending.removeValue(forKey: id) }?.resume(returning: answer)
        case .event(let event):
            guard queue.add(event, unless: { state.withLockedValue { $0.isOver } }) else { return false }
            onNews(.event)
        case .reading(let location):
            let before = state.withLockedValue { state in
                defer { state.reading = location }
                return state.reading
            }
            if let before { onNews(.survived(location: before)) }
        case .wantsPoll: onNews(.wantsPoll)
        }
        return true
    }
}
