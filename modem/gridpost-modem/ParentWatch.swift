// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// Ends the process as soon as the daemon's end of the channel is closed, also out of a blocked libgammu call.
enum ParentWatch {
    static func start(on descriptor: Int32) {
        var thread = pthread_t()
        let argument = UnsafeMutableRawPointer(bitPattern: Int(descriptor))
        pthread_create(
            &thread, nil,
            { @Sendable argument in
                var wait = pollfd(fd: Int32(Int(bitPattern: argument)), events: Int16(0x2000 /* POLLRDHUP */), revents: 0)
                while poll(&wait, 1, -1) < 0, errno == EINTR {}
                _exit(0)
            }, argument)
    }
}
