// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// Ends the process as soon as the daemon closes the channel or the port of the modem disappears.
///
/// libgammu detects neither: it would wait for its timeout if the daemon is gone, and reads a missing port in a busy
/// loop for minutes. A thread that only waits in poll() ends the process, whatever call the main thread is in.
enum HangUpWatch {
    /// The main thread writes here the port to watch.
    fileprivate static let orders = Pipe()
    /// The watching thread confirms here that it no longer uses the previous port.
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

    /// Starts the thread, which watches the channel. Returns `false` if no thread can be created.
    static func begin() -> Bool {
        var thread = pthread_t()
        return orders.writing >= 0 && answers.writing >= 0 && pthread_create(&thread, nil, watch, nil) == 0
    }

    /// Also watches an open port.
    static func start(on port: Int32) { order(port) }

    /// Stops watching the port, and returns when the thread no longer uses it. A port that another thread polls stays
    /// open and locked after its descriptor is closed.
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
    // POLLRDHUP, which is missing in the Glibc module; a hang-up of the port is always reported.
    let hungUp: Int16 = 0x2000
    var channel = pollfd(fd: Channel.descriptor, events: hungUp, revents: 0)
    var orders = pollfd(fd: HangUpWatch.orders.reading, events: Int16(POLLIN), revents: 0)
    // poll() ignores a negative descriptor.
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
