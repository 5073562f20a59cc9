import Foundation
import ModemMessages
import NIOConcurrencyHelpers

/// One run of the modem process: commands to it, and a thread that reads what it says until it is gone.
final class ModemChannel: Sendable {
    private struct State {
        var pending: [Int: CheckedContinuation<ModemAnswer, any Error>] = [:]
        var nextCall = 1
        var isGone = false
        /// Nobody waits for what the process still says.
        var isOver = false
        /// The place that the process is reading.
        var reading: Int?
    }

    /// The process ended, or its channel broke, before it answered.
    struct Gone: Error {}

    /// The process was gone before it could be asked: nothing happened.
    struct NotAsked: Error {}

    private let connection: ModemConnection
    private let state = NIOLockedValueBox(State())
    private let queue: EventQueue
    private let onNews: @Sendable (News) -> Void
    private let onEnd: @Sendable () -> Void

    private var socket: Int32 { connection.socket }

    /// The child's number; `nil` for a process that others started.
    var process: pid_t? { connection.process }

    /// What the process said beside answers.
    enum News: Sendable {
        /// There is an event in the queue.
        case event
        /// It came back from the reading of a place.
        case survived(location: Int)
        case wantsPoll
    }

    /// Events go into the queue; while it is full the process is not read. `onEnd` is called once, when it is gone.
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

    /// Asks, and waits for the answer. After `deadline` the process is killed.
    func call(_ body: ModemCommand.Body, deadline: Duration) async throws -> ModemAnswer {
        let timer = Task { [weak self] in
            try await Task.sleep(for: deadline)
            self?.kill()
            // A process that hangs in the kernel outlives its kill: whoever waits for it must not.
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

    /// The place that the process was reading when it ended, in libgammu's counting.
    var endedAt: Int? { state.withLockedValue { $0.isGone ? $0.reading : nil } }

    /// Ends the process, whatever it is doing.
    func kill() {
        state.withLockedValue { state in
            // What is killed is ours until it is reaped, after `isGone` is set.
            if !state.isGone { connection.kill() }
            state.isOver = true
        }
        queue.wake()
    }

    /// Lets the process go: it ends by itself when its channel is closed for writing.
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
        // Only this thread waits for a process that cannot die.
        connection.reap()
    }

    /// Not earlier: somebody might still hold the number, and it would be another's socket by then.
    deinit { close(socket) }

    /// `false` when the process speaks another language, or nobody listens any more.
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
