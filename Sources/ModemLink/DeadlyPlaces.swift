import ModemMessages

/// The places of a modem's stores at which its processes ended, for the next process to go around.
struct DeadlyPlaces {
    /// More places than any SIM has; the first are enough to begin with.
    private static let most = 500

    private var deaths: [Int: Int] = [:]
    private var avoided: Set<Int> = []

    /// For the next process.
    var all: [AvoidedPlace] {
        avoided.sorted().prefix(Self.most).map { AvoidedPlace(location: $0, deaths: deaths[$0] ?? 0) }
    }

    /// A process ended while it read there.
    mutating func ended(at location: Int) {
        guard deaths.count < Self.most || deaths[location] != nil else { return }
        deaths[location] = min(100, (deaths[location] ?? 0) + 1)
        avoided.insert(location)
    }

    /// A process read there and lives.
    mutating func survived(_ location: Int) { deaths[location] = nil }

    /// The process goes around these now; it looked at the others.
    mutating func update(_ locations: [Int]) { avoided = Set(locations.prefix(Self.most)) }
}
