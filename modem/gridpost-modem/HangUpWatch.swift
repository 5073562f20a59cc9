// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// Ends the process as soon as somebody hangs up: the daemon its end of the channel, or the modem its port.
///
/// libgammu sees neither: it would wait out its time for a daemon that is gone, and reads a vanished port in a busy loop
/// for minutes. A thread that only sleeps in poll() ends the process out of whatever call it is in.
enum HangUpWatch {
    /// The main thread says here which port is to be watched.
    fileprivate static let orders = Pipe()
    /// The watching thread says here that it has let the port before go.
    fileprivate static let answers = Pipe()

    /// Both ends of a pipe.
    fileprivate struct Pipe {
        let reading: Int32
        let writing: Int32

        init() {
            var ends: [Int32] = [-1, -1]
            _ = pipe(&ends)
            (reading, writing) = (ends[0], ends[1])
        }
    }

    /// Starts the thread, which watches the channel. `false` when there is no thread to be had.
    static func begin() -> Bool {
        var thread = pthread_t()
        return orders.writing >= 0 && answers.writing >= 0 && pthread_create(&thread, nil, watch, nil) == 0
    }

    /// Watches an open port too.
    static func start(on port: Int32) { order(port) }

    /// Stops watching the port, and returns when the thread is out of it. A port that is waited for in another thread
    /// stays open, and locked, after its descriptor was closed.
    static func stop() { order(-1) }

    private static func order(_ port: Int32) {
        var port = port
        let size = MemoryLayout<Int32>.size
        while write(orders.writing, &port, size) != size { guard errno == EINTR else { _exit(76) } }
        var answer: UInt8 = 0
        while read(answers.reading, &answer, 1) != 1 { guard errno == EINTR else { _exit(76) } }
    }
}

private func watch(_: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // POLLRDHUP, which the Glibc module leaves out; a hang-up of the port is told without asking.
    let hungUp: Int16 = 0x2000
    var channel = pollfd(fd: Channel.descriptor, events: hungUp, revents: 0)
    var orders = pollfd(fd: HangUpWatch.orders.reading, events: Int16(POLLIN), revents: 0)
    // A negative descriptor is passed over.
    var port = pollfd(fd: -1, events: 0, revents: 0)
    while true {
        var waits = [channel, orders, port]
        guard poll(&waits, nfds_t(waits.count), -1) >= 0 else {
            if errno == EINTR { continue }
            _exit(76)
        }
        (channel, orders, port) = (waits[0], waits[1], waits[2])
        guard channel.revents == 0 else { _exit(76) }
        if orders.revents != 0 {
            var answer: UInt8 = 0
            guard read(orders.fd, &port.fd, MemoryLayout<Int32>.size) == MemoryLayout<Int32>.size,
                write(HangUpWatch.answers.writing, &answer, 1) == 1
            else { _exit(76) }
        } else if port.revents != 0 {
            _exit(76)
        }
    }
}
