// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu

/// A scan of the modem's stores, location by location, because the location that libgammu reads must be known. A store
/// is finished as soon as all the messages that it reported were found.
struct StoreWalk {
    private struct Store {
        var places: Range<Int>
        /// The number of messages not found yet.
        var left: Int
    }

    private var stores: [Store]
    /// A store had fewer messages than reported at its usual locations.
    private(set) var isShort = false

    init(_ memory: GSM_SMSMemoryStatus) {
        // No modem stores more; a larger number is an error. Phone memory starts at 100001.
        stores = [
            Store(places: 1..<(1 + max(0, min(Int(memory.SIMSize), 500))), left: Int(memory.SIMUsed)),
            Store(places: 100_001..<(100_001 + max(0, min(Int(memory.PhoneSize), 1_000))), left: Int(memory.PhoneUsed)),
        ]
    }

    /// The next location to read, in libgammu's numbering; `nil` at the end.
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

    /// Records that there was a message at the last location.
    mutating func found() {
        if !stores.isEmpty { stores[0].left -= 1 }
    }
}
