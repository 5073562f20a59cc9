// SPDX-License-Identifier: GPL-2.0-or-later

import ModemMessages

/// The places that libgammu must not be asked for: it could not read them, or did not survive it.
struct SetAside {
    /// An ordinary message is not taken for unreadable after one failure, which may have been anybody's: an unplugged
    /// port, a process that was killed, a modem that was busy.
    private static let failuresOfOrdinary = 2
    private static let most = 1_000

    private var places: Set<Int> = []
    private var failures: [Int: Int] = [:]
    /// When those were looked at last that cannot be had as octets either, or cannot be deleted.
    private var hopeless: [Int: Int64] = [:]
    /// After so many milliseconds they are looked at again.
    private static let rest: Int64 = 600_000

    var all: [Int] { places.sorted() }
    /// Those to be looked at without libgammu.
    var waiting: [Int] {
        let recently = Monotonic.milliseconds - Self.rest
        return places.filter { hopeless[$0].map { $0 < recently } ?? true }.sorted()
    }

    func contains(_ location: Int) -> Bool { places.contains(location) }

    /// So many processes end at a place before it is left alone for a while.
    private static let mostDeaths = 3

    /// Another process ended there.
    mutating func avoid(_ place: AvoidedPlace) {
        guard places.count < Self.most else { return }
        places.insert(place.location)
        failures[place.location] = place.deaths
        if place.deaths >= Self.mostDeaths { isHopeless(place.location) }
    }

    /// libgammu could not read it.
    mutating func failed(_ location: Int) {
        guard places.count < Self.most else { return }
        places.insert(location)
        failures[location, default: 0] += 1
    }

    /// libgammu read it, or there is nothing to read.
    mutating func isFine(_ location: Int) {
        places.remove(location)
        hopeless[location] = nil
        failures[location] = nil
    }

    mutating func isHopeless(_ location: Int) { hopeless[location] = Monotonic.milliseconds }

    /// Lets libgammu try an ordinary message once more. `false` when the octets are to be taken as they are.
    mutating func mayTryAgain(_ location: Int, _ octets: [UInt8]) -> Bool {
        guard RawDeliver(octets)?.isOrdinary == true, failures[location, default: 0] < Self.failuresOfOrdinary else {
            return false
        }
        places.remove(location)
        return true
    }
}
