import TestSupport

/// Mutates inputs like libFuzzer, but with a seed, so that each run is the same.
struct Mutator {
    /// The maximum length of an input; longer ones only take more time.
    static let longest = 4_096

    private let seeds: [[UInt8]]
    private let words: [[UInt8]]
    private var random: SeededGenerator

    init(_ target: FuzzTarget, seed: UInt64) {
        seeds = target.seeds.filter { $0.count <= Self.longest }
        words = target.words.map { Array($0.utf8) }
        random = SeededGenerator(seed: seed)
    }

    /// A seed with one to four changes.
    mutating func next() -> [UInt8] {
        var input = seeds.randomElement(using: &random) ?? []
        for _ in 0..<Int.random(in: 1...4, using: &random) { change(&input) }
        return Array(input.prefix(Self.longest))
    }

    private mutating func change(_ input: inout [UInt8]) {
        let place = Int.random(in: 0...input.count, using: &random)
        switch Int.random(in: 0..<9, using: &random) {
        case 0 where place < input.count: input[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
        case 1 where place < input.count: input[place] = UInt8.random(in: 0...255, using: &random)
        case 2: input.insert(contentsOf: words.randomElement(using: &random) ?? [], at: place)
        case 3: splice(&input, at: place)
        case 4: input.removeSubrange(place...)
        case 5: repeatPiece(of: &input, at: place)
        case 6: replaceNumber(in: &input, from: place)
        case 7: input.removeSubrange(piece(of: input, at: place, upTo: 40))
        default: input.insert(contentsOf: String(scalar()).utf8, at: place)
        }
    }

    /// Joins the beginning of one input and the end of another.
    private mutating func splice(_ input: inout [UInt8], at place: Int) {
        let other = seeds.randomElement(using: &random) ?? []
        input = input.prefix(place) + other.suffix(Int.random(in: 0...other.count, using: &random))
    }

    private mutating func repeatPiece(of input: inout [UInt8], at place: Int) {
        let piece = Array(input[piece(of: input, at: place, upTo: 20)])
        let copies = Int.random(in: 1...60, using: &random)
        input.insert(contentsOf: [[UInt8]](repeating: piece, count: copies).joined(), at: place)
    }

    /// Replaces the next digits with another number.
    private mutating func replaceNumber(in input: inout [UInt8], from place: Int) {
        guard let start = input[place...].firstIndex(where: { (0x30...0x39).contains($0) }) else { return }
        let end = input[start...].firstIndex { !(0x30...0x39).contains($0) } ?? input.count
        let number = Seeds.numbers.randomElement(using: &random) ?? ""
        input.replaceSubrange(start..<end, with: number.utf8)
    }

    private mutating func piece(of input: [UInt8], at place: Int, upTo length: Int) -> Range<Int> {
        place..<min(input.count, place + Int.random(in: 0...length, using: &random))
    }

    /// Any character, or one that changes how the characters around it are read.
    private mutating func scalar() -> Unicode.Scalar {
        let odd: [Unicode.Scalar] = [
            "\0", "\u{301}", "\u{200f}", "\u{202e}", "\u{200d}", "\u{feff}", "\u{663}", "\u{fdfa}", "½",
        ]
        let any = Unicode.Scalar(UInt32.random(in: 0...0x1_f9ff, using: &random))
        return Bool.random(using: &random) ? odd.randomElement(using: &random) ?? "?" : any ?? "\u{fffd}"
    }
}
