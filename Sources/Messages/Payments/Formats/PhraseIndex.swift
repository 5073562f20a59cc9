/// Finds which of thousands of phrases a text contains, in one pass (Aho-Corasick automaton).
struct PhraseIndex: Sendable {
    /// The number of a phrase in its index.
    typealias Number = Int32

    /// The phrases that a text contains.
    struct Found: Sendable {
        fileprivate var bits: [UInt64]

        func contains(_ number: Number) -> Bool { bits[Int(number) >> 6] & (1 << UInt64(number & 63)) != 0 }
        func contains(any numbers: [Number]) -> Bool { numbers.contains(where: contains) }
    }

    private static let asciiClasses = 128
    /// Non-ASCII letters used by a phrase; all others reset the automaton.
    private let classes: [Unicode.Scalar: Int]
    private let width: Int
    /// State and class -> state.
    private let next: [Int32]
    /// The phrase that ends in a state, or -1.
    private let ending: [Number]
    /// The nearest state on the failure path in which a phrase ends, or 0.
    private let shorter: [Int32]
    private let count: Int

    /// `phrases` must be folded and distinct.
    init(_ phrases: [[Unicode.Scalar]]) {
        var classes: [Unicode.Scalar: Int] = [:]
        for scalar in phrases.joined() where !scalar.isASCII && classes[scalar] == nil {
            classes[scalar] = Self.asciiClasses + 1 + classes.count
        }
        let width = Self.asciiClasses + 1 + classes.count
        func classOf(_ scalar: Unicode.Scalar) -> Int {
            scalar.isASCII ? Int(scalar.value) : classes[scalar] ?? Self.asciiClasses
        }
        var next = [Int32](repeating: -1, count: width)
        var ending: [Number] = [-1]
        for (number, phrase) in phrases.enumerated() {
            var state = 0
            for scalar in phrase {
                let place = state * width + classOf(scalar)
                if next[place] < 0 {
                    next[place] = Int32(ending.count)
                    ending.append(-1)
                    next += [Int32](repeating: -1, count: width)
                }
                state = Int(next[place])
            }
            ending[state] = Number(number)
        }
        // Breadth-first: a letter without a transition uses the transition of the longest known suffix.
        var shorter = [Int32](repeating: 0, count: ending.count)
        var back = [Int32](repeating: 0, count: ending.count)
        var level: [Int] = []
        for place in 0..<width {
            if next[place] > 0 { level.append(Int(next[place])) } else { next[place] = 0 }
        }
        while !level.isEmpty {
            var deeper: [Int] = []
            for state in level {
                let fallback = Int(back[state])
                shorter[state] = ending[fallback] >= 0 ? Int32(fallback) : shorter[fallback]
                for letter in 0..<width {
                    let place = state * width + letter
                    let known = next[fallback * width + letter]
                    if next[place] > 0 {
                        back[Int(next[place])] = known
                        deeper.append(Int(next[place]))
                    } else {
                        next[place] = known
                    }
                }
            }
            level = deeper
        }
        self.classes = classes
        self.width = width
        self.next = next
        self.ending = ending
        self.shorter = shorter
        count = phrases.count
    }

    func find(in text: [Unicode.Scalar]) -> Found {
        var found = Found(bits: [UInt64](repeating: 0, count: count / 64 + 1))
        var state = 0
        for scalar in text {
            let letter = scalar.isASCII ? Int(scalar.value) : classes[scalar] ?? Self.asciiClasses
            state = Int(next[state * width + letter])
            var end = ending[state] >= 0 ? state : Int(shorter[state])
            while end > 0 {
                let number = Int(ending[end])
                found.bits[number >> 6] |= 1 << UInt64(number & 63)
                end = Int(shorter[end])
            }
        }
        return found
    }
}
