/// The pattern of a format: the words of the text, with fields in braces.
///
/// `{amount}` a field; `{payer_name:letters}` with a narrower shape, `{amount:bare}` an amount that may lack a currency;
/// `[...]` may be missing; `(a|b)` one of several. Case, accents, and the number of spaces and punctuation marks do not
/// matter; `[a|b]` is one of several or nothing. The pattern stands for the whole text; `{tail}` at its end takes an advertisement.
struct FormatPattern: Sendable {
    struct Fault: Error, Hashable {
        let message: String
    }

    struct Place: Sendable, Hashable {
        let field: FormatField
        let shape: FormatField.Shape
        /// An amount without a currency will do.
        let isBare: Bool
    }

    /// A step of the compiled pattern; the numbers are the steps that may follow.
    enum Step: Sendable {
        case literal([Unicode.Scalar], next: Int)
        case separator(next: Int)
        case place(Place, next: Int)
        case either([Int])
        case end
    }

    private(set) var steps: [Step] = [.end]
    let start: Int
    let fields: Set<FormatField>
    /// A word that stands in every text of this format: where it is missing, nothing needs trying.
    let landmark: [Unicode.Scalar]
    let source: String

    init(_ source: String) throws(Fault) {
        self.source = source
        var parser = Parser(source)
        let nodes = try parser.sequence(until: nil)
        fields = parser.fields
        landmark = Self.landmark(nodes)
        var steps: [Step] = [.end]
        start = Self.compile(nodes, next: 0, into: &steps)
        self.steps = steps
    }

    private indirect enum Node {
        case literal([Unicode.Scalar])
        case separator
        case place(Place)
        case either([[Node]])
    }

    private static func compile(_ nodes: [Node], next: Int, into steps: inout [Step]) -> Int {
        var next = next
        for node in nodes.reversed() {
            switch node {
            case .literal(let word): steps.append(.literal(word, next: next))
            case .separator: steps.append(.separator(next: next))
            case .place(let place): steps.append(.place(place, next: next))
            case .either(let branches):
                let starts = branches.map { compile($0, next: next, into: &steps) }
                steps.append(.either(starts))
            }
            next = steps.count - 1
        }
        return next
    }

    private static func landmark(_ nodes: [Node]) -> [Unicode.Scalar] {
        nodes.reduce([]) { longest, node in
            if case .literal(let word) = node, word.count > longest.count { word } else { longest }
        }
    }

    private struct Parser {
        private var rest: ArraySlice<Unicode.Scalar>
        var fields: Set<FormatField> = []

        init(_ source: String) { rest = Array(source.unicodeScalars)[...] }

        /// Reads up to one of `ends`, which is left unread.
        mutating func sequence(until ends: Set<Unicode.Scalar>?) throws(Fault) -> [Node] {
            var nodes: [Node] = []
            while let scalar = rest.first {
                if let ends, ends.contains(scalar) { return nodes }
                switch scalar {
                case "{": nodes.append(.place(try place()))
                // What is there is preferred to what is not.
                case "[": nodes.append(.either(try branches(until: "]") + [[]]))
                case "(": nodes.append(.either(try branches(until: ")")))
                case "]", ")", "}", "|": throw Fault(message: "a '\(scalar)' without its beginning")
                case _ where scalar.isWordCharacter || Separators.isKept(scalar):
                    nodes.append(.literal(word()))
                default:
                    rest.removeFirst()
                    if case .separator = nodes.last { continue }
                    nodes.append(.separator)
                }
            }
            guard ends == nil else { throw Fault(message: "a bracket is not closed") }
            return nodes
        }

        private mutating func word() -> [Unicode.Scalar] {
            var word: [Unicode.Scalar] = []
            while let scalar = rest.first, scalar.isWordCharacter || Separators.isKept(scalar) {
                word.append(Folding.fold(scalar))
                rest.removeFirst()
            }
            return word
        }

        private mutating func branches(until end: Unicode.Scalar) throws(Fault) -> [[Node]] {
            rest.removeFirst()
            var branches: [[Node]] = []
            while true {
                branches.append(try sequence(until: ["|", end]))
                guard let mark = rest.popFirst() else { throw Fault(message: "a bracket has no '\(end)'") }
                if mark == end { return branches }
            }
        }

        private mutating func place() throws(Fault) -> Place {
            guard let end = rest.firstIndex(of: "}") else { throw Fault(message: "a '{' has no '}'") }
            let pieces = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end])).split(
                separator: ":", omittingEmptySubsequences: false)
            rest = rest[(end + 1)...]
            guard let name = pieces.first, pieces.count <= 2, let field = FormatField(rawValue: String(name)) else {
                let known = FormatField.allCases.map(\.rawValue).joined(separator: ", ")
                throw Fault(message: "unknown field {\(pieces.joined(separator: ":"))}; the fields are \(known)")
            }
            if field == .tail, !rest.isEmpty { throw Fault(message: "{tail} stands at the end") }
            let isText = field.shape == .text
            fields.insert(field)
            switch pieces.dropFirst().first {
            case nil: return Place(field: field, shape: field.shape, isBare: false)
            case "bare" where field.shape == .amount: return Place(field: field, shape: .amount, isBare: true)
            case "letters" where isText: return Place(field: field, shape: .letters, isBare: false)
            case "code" where isText: return Place(field: field, shape: .code, isBare: false)
            case "digits" where isText: return Place(field: field, shape: .digits, isBare: false)
            case .some(let wrong):
                throw Fault(
                    message:
                        "'\(wrong)' is no shape of \(field.rawValue): texts may be letters, code or digits, amounts bare"
                )
            }
        }
    }
}

/// What stands between words and does not matter.
enum Separators {
    /// Marks that mean something and must be there.
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
