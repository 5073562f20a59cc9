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
    private func first(of number: Int, _ known: inout [Int: FirstSet]) -> FirstSet {
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

/// A set of characters that a step can begin with.
struct FirstSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Contains every character and the end of the text.
    private var isAnything = false

    static let anything: FirstSet = {
        var set = FirstSet()
        set.isAnything = true
        return set
    }()

    init() {}

    init(_ shape: FormatField.Shape) {
        switch shape {
        case .date, .time, .digits: insertDigits()
        case .phone:
            insertDigits()
            for mark in "+*x".unicodeScalars { insert(mark) }
        case .identifier, .amount, .text, .letters, .code, .sentence, .tail: isAnything = true
        }
    }

    mutating func insert(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<64: low |= 1 << UInt64(scalar.value)
        case 64..<128: high |= 1 << UInt64(scalar.value - 64)
        default: isAnything = true
        }
    }

    private mutating func insertDigits() {
        for value in UInt8(0x30)...0x39 { insert(Unicode.Scalar(value)) }
    }

    mutating func formUnion(_ other: FirstSet) {
        low |= other.low
        high |= other.high
        isAnything = isAnything || other.isAnything
    }

    /// `nil` at the end of the text.
    @inline(__always)
    func contains(_ scalar: Unicode.Scalar?) -> Bool {
        if isAnything { return true }
        guard let value = scalar?.value, value < 128 else { return false }
        return value < 64 ? low & (1 << UInt64(value)) != 0 : high & (1 << UInt64(value - 64)) != 0
    }
}

indirect enum PatternNode {
    case literal([Unicode.Scalar])
    case separator
    case place(FormatPattern.Place)
    case either([[PatternNode]])
    /// One of these, any number of times.
    case anyNumber([[PatternNode]])

    /// Words of which this node requires one; `nil` if it requires none.
    var landmarks: [[Unicode.Scalar]]? {
        switch self {
        case .literal(let word): return [word]
        case .separator, .place, .anyNumber: return nil
        case .either(let alternatives):
            var words: [[Unicode.Scalar]] = []
            for alternative in alternatives {
                // The shortest list selects best; of equally short ones, the one with the longest word.
                let lists = alternative.compactMap(\.landmarks)
                let best = lists.min { ($0.count, -($0.first?.count ?? 0)) < ($1.count, -($1.first?.count ?? 0)) }
                guard let best else { return nil }
                words += best
            }
            return words.count <= 40 ? words : nil
        }
    }
}

/// Parses the written form of a pattern.
struct PatternParser {
    private var rest: ArraySlice<Unicode.Scalar>
    private(set) var fields: Set<FormatField> = []
    private var depth = 0
    private static let deepest = 40

    init(_ source: String) { rest = Array(source.unicodeScalars)[...] }

    mutating func pattern() throws(FormatPattern.Fault) -> [PatternNode] { try sequence(until: []) }

    /// Parses up to one of `ends`, which is not consumed.
    private mutating func sequence(until ends: [Unicode.Scalar]) throws(FormatPattern.Fault) -> [PatternNode] {
        var nodes: [PatternNode] = []
        while let scalar = rest.first {
            if ends.contains(scalar) { return nodes }
            switch scalar {
            case "{": nodes.append(.place(try place()))
            case "[", "(": nodes.append(try group())
            case "]", ")", "}", "|":
                throw FormatPattern.Fault(message: "'\(scalar)' without an opening bracket\(before(rest))")
            case _ where scalar.isWordCharacter || Separators.isKept(scalar): nodes.append(.literal(word()))
            default:
                rest.removeFirst()
                if case .separator = nodes.last { continue }
                nodes.append(.separator)
            }
        }
        guard ends.isEmpty else { throw FormatPattern.Fault(message: "a bracket is not closed") }
        return nodes
    }

    private func before(_ rest: ArraySlice<Unicode.Scalar>) -> String {
        let near = String(String.UnicodeScalarView(rest.prefix(20)))
        return near.isEmpty ? "" : " at '\(near)'"
    }

    private mutating func word() -> [Unicode.Scalar] {
        var word: [Unicode.Scalar] = []
        while let scalar = rest.first, scalar.isWordCharacter || Separators.isKept(scalar) {
            word.append(Folding.fold(scalar))
            rest.removeFirst()
        }
        return word
    }

    /// Parses `(a|b)` or `[a|b]`, optionally followed by `*`.
    private mutating func group() throws(FormatPattern.Fault) -> PatternNode {
        guard depth < Self.deepest else { throw FormatPattern.Fault(message: "brackets are nested too deep") }
        depth += 1
        defer { depth -= 1 }
        let isOptional = rest.removeFirst() == "["
        let end: Unicode.Scalar = isOptional ? "]" : ")"
        var branches: [[PatternNode]] = []
        while true {
            branches.append(try sequence(until: ["|", end]))
            guard let mark = rest.popFirst() else {
                throw FormatPattern.Fault(message: "a bracket has no '\(end)'")
            }
            if mark == end { break }
        }
        if rest.first == "*" {
            rest.removeFirst()
            return .anyNumber(branches)
        }
        // A present part is preferred to an absent one.
        return .either(isOptional ? branches + [[]] : branches)
    }

    private mutating func place() throws(FormatPattern.Fault) -> FormatPattern.Place {
        guard let end = rest.firstIndex(of: "}") else { throw FormatPattern.Fault(message: "a '{' has no '}'") }
        let pieces = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end])).split(
            separator: ":", omittingEmptySubsequences: false)
        rest = rest[(end + 1)...]
        guard let name = pieces.first, pieces.count <= 2, let field = FormatField(rawValue: String(name)) else {
            let known = FormatField.allCases.map(\.rawValue).joined(separator: ", ")
            throw FormatPattern.Fault(
                message: "unknown field {\(pieces.joined(separator: ":"))}; the fields are \(known)")
        }
        if field == .tail, !rest.isEmpty { throw FormatPattern.Fault(message: "{tail} must be at the end") }
        let isText = field.shape == .text
        fields.insert(field)
        switch pieces.dropFirst().first {
        case nil: return FormatPattern.Place(field: field, shape: field.shape, isBare: false)
        case "bare" where field.shape == .amount:
            return FormatPattern.Place(field: field, shape: .amount, isBare: true)
        case "letters" where isText: return FormatPattern.Place(field: field, shape: .letters, isBare: false)
        case "code" where isText: return FormatPattern.Place(field: field, shape: .code, isBare: false)
        case "digits" where isText: return FormatPattern.Place(field: field, shape: .digits, isBare: false)
        case .some(let wrong):
            throw FormatPattern.Fault(
                message:
                    "'\(wrong)' is not a shape of \(field.rawValue); text can be letters, code or digits, an amount bare"
            )
        }
    }
}

/// Characters between words that do not matter.
enum Separators {
    /// Marks that have a meaning and must be present.
    static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "$" || scalar == "%" || scalar == "&" || scalar == "+"
    }

    static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case " ", ".", ",", ":", ";", "!", "?", "-", "'", "\"", "(", ")", "*", "#", "=", "[", "]", "/", "<", ">", "_",
            "|", "~":
            true
        default: false
        }
    }
}
