// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu

/// The way through the places of the modem's stores, place by place, for it must be known which one libgammu is asked
/// for. A store is left as soon as all the messages that it told of were found.
struct StoreWalk {
    private struct Store {
        var places: Range<Int>
        /// Messages that were not found yet.
        var left: Int
    }

    private var stores: [Store]
    /// A store had fewer messages than it told of at the places where they should be.
    private(set) var isShort = false

    init(_ memory: GSM_SMSMemoryStatus) {
        // No modem holds more; a number that never ends is a broken one. Phone memory counts from 100001.
        stores = [
            Store(places: 1..<(1 + max(0, min(Int(memory.SIMSize), 500))), left: Int(memory.SIMUsed)),
            Store(places: 100_001..<(100_001 + max(0, min(Int(memory.PhoneSize), 1_000))), left: Int(memory.PhoneUsed)),
        ]
    }

    /// The next place to read, in libgammu's counting; `nil` at the end.
    mutating func next() -> Int? {
        while let store = stores.first {
            if store.left > 0, let place = store.places.first {
                stores[0].places = (place + 1)..<store.places.upperBound
                return place
            }
            if store.left > 0 { isShort = true }
            stores.removeFirst()
        }
        return nil
    }

    /// There was a message at the last place.
    mutating func found() {
        if !stores.isEmpty { stores[0].left -= 1 }
    }
}
