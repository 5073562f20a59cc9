/// The pattern of a format: the words of the text, with fields in braces.
///
/// `{amount}` is a field; `{payer_name:letters}` a field with a narrower shape; `{amount:bare}` an amount that may lack
/// a currency; `[...]` is optional; `(a|b)` one of several; `[a|b]` one of several or nothing. A `*` after a bracket
/// repeats it any number of times, so `[a|b|c]*` is a list of clauses in any order. Case, accents, spaces and
/// punctuation marks do not matter. The pattern must match the whole text; `{tail}` at its end matches an
/// advertisement.
struct FormatPattern: Sendable {
    struct Fault: Error, Hashable {
        let message: String
    }

    struct Place: Sendable, Hashable {
        let field: FormatField
        let shape: FormatField.Shape
        /// The amount may lack a currency.
        let isBare: Bool
    }

    /// A step of the compiled pattern. Flat numbers, because a text is tried against hundreds of patterns.
    struct Step: Sendable {
        enum Kind: Sendable { case literal, separator, place, either, end }

        let kind: Kind
        /// The next step.
        var next: Int
        /// For a literal its letters in `letters`, for a place its index in `places`, for a choice its branches in
        /// `branches`.
        var range: Range<Int>
        /// The index of a step that can continue in more than one way.
        var choice: Int

        init(_ kind: Kind, next: Int = 0, range: Range<Int> = 0..<0, choice: Int = 0) {
            self.kind = kind
            self.next = next
            self.range = range
            self.choice = choice
        }
    }

    private(set) var steps: [Step] = [Step(.end)]
    private(set) var letters: [Unicode.Scalar] = []
    private(set) var places: [Place] = []
    private(set) var branches: [Int] = []
    /// For each branch, the characters that it can begin with.
    private(set) var firsts: [FirstSet] = []
    private(set) var choices = 0
    private(set) var start = 0
    let fields: Set<FormatField>
    /// Lists of words; each text of this format contains one word of every list. If all words of a list are missing,
    /// the format need not be tried.
    let landmarks: [[[Unicode.Scalar]]]
    let source: String

    /// The maximum length of a pattern after expansion, in characters.
    static let longest = 100_000

    init(_ source: String) throws(Fault) {
        guard source.utf8.count <= Self.longest else {
            throw Fault(message: "the pattern is longer than \(Self.longest) characters")
        }
        self.source = source
        var parser = PatternParser(source)
        let nodes = try parser.pattern()
        fields = parser.fields
        landmarks = nodes.compactMap(\.landmarks)
        start = compile(nodes, next: 0)
        var known: [Int: FirstSet] = [:]
        firsts = branches.map { first(of: $0, &known) }
    }

    /// Passes the tables as plain memory, valid while `body` runs.
    func withUnsafePointers<Result>(
        _ body: (
            UnsafeBufferPointer<Step>, UnsafeBufferPointer<Place>, UnsafeBufferPointer<Int>,
            UnsafeBufferPointer<FirstSet>, UnsafeBufferPointer<Unicode.Scalar>
        ) -> Result
    ) -> Result {
        steps.withUnsafeBufferPointer { steps in
            places.withUnsafeBufferPointer { places in
                branches.withUnsafeBufferPointer { branches in
                    firsts.withUnsafeBufferPointer { firsts in
                        letters.withUnsafeBufferPointer { body(steps, places, branches, firsts, $0) }
                    }
                }
            }
        }
    }

    /// The characters that a step can begin with, ignoring separators.
    func first(of number: Int, _ known: inout [Int: FirstSet]) -> FirstSet {
        if let set = known[number] { return set }
        // Ends the recursion of a loop.
        known[number] = FirstSet()
        let step = steps[number]
        var set = FirstSet()
        switch step.kind {
        case .end: set = .anything
        case .literal: set.insert(letters[step.range.lowerBound])
        case .separator: set = first(of: step.next, &known)
        case .place: set = FirstSet(places[step.range.lowerBound].shape)
        case .either: for branch in branches[step.range] { set.formUnion(first(of: branch, &known)) }
        }
        known[number] = set
        return set
    }

    private mutating func compile(_ nodes: [PatternNode], next: Int) -> Int {
        var next = next
        for node in nodes.reversed() {
            switch node {
            case .literal(let word):
                letters += word
                steps.append(Step(.literal, next: next, range: (letters.count - word.count)..<letters.count))
            case .separator: steps.append(Step(.separator, next: next))
            case .place(let place):
                places.append(place)
                steps.append(
                    Step(.place, next: next, range: (places.count - 1)..<places.count, choice: takeChoice()))
            case .either(let alternatives):
                appendChoice(alternatives.map { compile($0, next: next) })
            case .anyNumber(let alternatives):
                // The choice stands before its branches, because they lead back to it.
                let loop = steps.count
                steps.append(Step(.either, choice: takeChoice()))
                let again = steps.count
                steps.append(Step(.separator, next: loop))
                let starts = alternatives.map { compile($0, next: again) } + [next]
                branches += starts
                steps[loop].range = (branches.count - starts.count)..<branches.count
                next = loop
                continue
            }
            next = steps.count - 1
        }
        return next
    }

    private mutating func appendChoice(_ starts: [Int]) {
        branches += starts
        steps.append(
            Step(.either, range: (branches.count - starts.count)..<branches.count, choice: takeChoice()))
    }

    private mutating func takeChoice() -> Int {
        choices += 1
        return choices - 1
    }
}
