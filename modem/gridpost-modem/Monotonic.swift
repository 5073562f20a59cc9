// SPDX-License-Identifier: GPL-2.0-or-later

import Glibc

/// The monotonic clock.
enum Monotonic {
    /// Milliseconds since an arbitrary time.
    static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
