import ModemMessages

/// The SIM locations at which modem processes crashed, so that the next process avoids them.
struct DeadlyPlaces {
    /// The maximum number of locations; no SIM has as many.
    private static let most = 500

    private var deaths: [Int: Int] = [:]
    private var avoided: Set<Int> = []

    /// The locations to avoid, for the next process.
    var all: [AvoidedPlace] {
        avoided.sorted().prefix(Self.most).map { AvoidedPlace(location: $0, deaths: deaths[$0] ?? 0) }
    }

    /// Records that a process ended while it read this location.
    mutating func ended(at location: Int) {
        guard deaths.count < Self.most || deaths[location] != nil else { return }
        deaths[location] = min(100, (deaths[location] ?? 0) + 1)
        avoided.insert(location)
    }

    /// Records that a process read this location and survived.
    mutating func survived(_ location: Int) { deaths[location] = nil }

    /// Replaces the avoided locations by those that the process avoids now; it has checked the others.
    mutating func update(_ locations: [Int]) { avoided = Set(locations.prefix(Self.most)) }
}
