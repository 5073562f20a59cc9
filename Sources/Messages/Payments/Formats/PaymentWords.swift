/// Words that formats and safety nets share: written once, in `_words.toml`.
struct PaymentWords: Sendable {
    /// Pieces of patterns, by the name that patterns put in angle brackets. They may name others.
    var fragments: [String: String] = [:]
    /// Phrases that say money came in.
    var received: [[Unicode.Scalar]] = []
    /// Phrases that say how much there is now.
    var balance: [[Unicode.Scalar]] = []
    /// Phrases after which a text of money received means something else.
    var voids: [[Unicode.Scalar]] = []
    /// Phrases of people who want money sent somewhere.
    var scams: [[Unicode.Scalar]] = []
    /// Words that no payer is called by.
    var notPayers: [String] = []

    /// Little words of which no name consists: `du`, `new`.
    var glue: Set<String> = []
    /// Words in the names of banks and of other wallets.
    var institutions: [[Unicode.Scalar]] = []

    private static let deepest = 8

    /// Whether a piece is several, of which one is meant: `a|b`, and not `(a|b)`.
    private static func isChoice(_ piece: String) -> Bool {
        var depth = 0
        for letter in piece.unicodeScalars {
            switch letter {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "|" where depth == 0: return true
            default: continue
            }
        }
        return false
    }

    /// Puts fragments in place of their names; refuses unknown ones and those that name themselves.
    func expand(_ pattern: String, depth: Int = 0) throws(FormatPattern.Fault) -> String {
        var result = ""
        var rest = pattern[...]
        while let start = rest.firstIndex(of: "<") {
            guard let end = rest[start...].firstIndex(of: ">") else {
                throw FormatPattern.Fault(message: "a '<' has no '>'")
            }
            let name = String(rest[rest.index(after: start)..<end])
            guard let fragment = fragments[name] else {
                throw FormatPattern.Fault(
                    message: "unknown piece <\(name)>; there are \(fragments.keys.sorted().joined(separator: ", "))")
            }
            guard depth < Self.deepest else {
                throw FormatPattern.Fault(message: "the piece <\(name)> goes on without end")
            }
            let piece = try expand(fragment, depth: depth + 1)
            result += rest[..<start] + (Self.isChoice(piece) ? "(\(piece))" : piece)
            guard result.utf8.count <= FormatPattern.longest else {
                throw FormatPattern.Fault(message: "the pattern grows beyond \(FormatPattern.longest) characters")
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
