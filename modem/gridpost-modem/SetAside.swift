// SPDX-License-Identifier: GPL-2.0-or-later

import ModemMessages

/// The locations that libgammu must not read, because it could not read them or crashed.
struct SetAside {
    /// The failures after which an ordinary message counts as unreadable. A single failure may have another cause: an
    /// unplugged port, a killed process, a busy modem.
    private static let failuresOfOrdinary = 2
    private static let most = 1_000

    private var places: Set<Int> = []
    private var failures: [Int: Int] = [:]
    /// The last attempt at locations that cannot be read as octets either, or cannot be deleted.
    private var hopeless: [Int: Int64] = [:]
    /// The time in milliseconds until they are tried again.
    private static let rest: Int64 = 600_000

    var all: [Int] { places.sorted() }
    /// The locations to read without libgammu now.
    var waiting: [Int] {
        let recently = Monotonic.milliseconds - Self.rest
        return places.filter { hopeless[$0].map { $0 < recently } ?? true }.sorted()
    }

    func contains(_ location: Int) -> Bool { places.contains(location) }

    /// The number of crashes after which a location is not tried for a while.
    private static let mostDeaths = 3

    /// Adds a location at which an earlier process ended.
    mutating func avoid(_ place: AvoidedPlace) {
        guard places.count < Self.most else { return }
        places.insert(place.location)
        failures[place.location] = place.deaths
        if place.deaths >= Self.mostDeaths { isHopeless(place.location) }
    }

    /// Records that libgammu could not read the location.
    mutating func failed(_ location: Int) {
        guard places.count < Self.most else { return }
        places.insert(location)
        failures[location, default: 0] += 1
    }

    /// Records that libgammu read the location, or that it is empty.
    mutating func isFine(_ location: Int) {
        places.remove(location)
        hopeless[location] = nil
        failures[location] = nil
    }

    mutating func isHopeless(_ location: Int) { hopeless[location] = Monotonic.milliseconds }

    /// Lets libgammu try an ordinary message once more. Returns `false` if the octets must be used as they are.
    mutating func mayTryAgain(_ location: Int, _ octets: [UInt8]) -> Bool {
        guard RawDeliver(octets)?.isOrdinary == true, failures[location, default: 0] < Self.failuresOfOrdinary else {
            return false
        }
        places.remove(location)
        return true
    }
}
