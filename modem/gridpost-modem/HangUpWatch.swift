// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// Ends the process as soon as somebody hangs up: the daemon its end of the channel, or the modem its port.
///
/// libgammu sees neither: it would wait out its time for a daemon that is gone, and reads a vanished port in a busy loop
/// for minutes. A thread that only sleeps in poll() ends the process out of whatever call it is in.
enum HangUpWatch {
    static func start(on descriptor: Int32) {
        var thread = pthread_t()
        pthread_create(&thread, nil, watch, UnsafeMutableRawPointer(bitPattern: Int(descriptor)))
    }
}

private func watch(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // POLLRDHUP, which the Glibc module leaves out; a hang-up of the port is told without asking.
    let hungUp: Int16 = 0x2000
    var wait = pollfd(fd: Int32(Int(bitPattern: argument)), events: hungUp, revents: 0)
    while poll(&wait, 1, -1) < 0, errno == EINTR {}
    _exit(76)
}
