// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// Ends the process as soon as the daemon's end of the channel is closed, also out of a blocked libgammu call.
enum ParentWatch {
    static func start(on descriptor: Int32) {
        var thread = pthread_t()
        pthread_create(&thread, nil, watch, UnsafeMutableRawPointer(bitPattern: Int(descriptor)))
    }
}

/// The thread: sleeps until the other end is closed.
private func watch(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    // POLLRDHUP, which the Glibc module leaves out.
    let hungUp: Int16 = 0x2000
    var wait = pollfd(fd: Int32(Int(bitPattern: argument)), events: hungUp, revents: 0)
    while poll(&wait, 1, -1) < 0, errno == EINTR {}
    _exit(0)
}
