// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later

/// FNV-1a over what makes a message itself: tells one message from the next at the same place.
package struct MessageMark: Sendable {
    private var hash: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    package mutating func add(_ octets: some Sequence<UInt8>) {
        for octet in octets { hash = (hash ^ UInt64(octet)) &* 0x100_0000_01b3 }
    }

    package var value: Int64 { Int64(bitPattern: hash) }
}
