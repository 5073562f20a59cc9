// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// An FNV-1a hash of a message's content: tells a message from the next one at the same location.
package struct MessageMark: Sendable {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func add(_ octets: some Sequence<UInt8>) {
        for octet in octets { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
    }

    package var value: Int64 { Int64(bitPattern: hash) }
}
