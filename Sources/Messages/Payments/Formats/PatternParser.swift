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

    func before(_ rest: ArraySlice<Unicode.Scalar>) -> String {
        let near = String(String.UnicodeScalarView(rest.prefix(20)))
        return near.isEmpty ? "" : " at '\(near)'"
    }

    mutating func word() -> [Unicode.Scalar] {
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

    mutating func place() throws(FormatPattern.Fault) -> FormatPattern.Place {
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
