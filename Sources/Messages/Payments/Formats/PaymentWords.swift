/// Words that formats and fallbacks share, defined in `_words.toml`.
struct PaymentWords: Sendable {
    /// Pieces of patterns, by the name that patterns write in angle brackets. They may contain other fragments.
    var fragments: [String: String] = [:]
    /// Phrases that say money came in.
    var received: [[Unicode.Scalar]] = []
    /// Phrases that state a balance.
    var balance: [[Unicode.Scalar]] = []
    /// Phrases that give a text of money received another meaning.
    var voids: [[Unicode.Scalar]] = []
    /// Phrases of people who ask for money to be sent.
    var scams: [[Unicode.Scalar]] = []
    /// Words that never name a payer.
    var notPayers: [String] = []

    /// Short words that never make up a whole name: `du`, `new`.
    var glue: Set<String> = []
    /// Words in the names of banks and of other wallets.
    var institutions: [[Unicode.Scalar]] = []

    private static let deepest = 8

    /// Whether a fragment is a choice without brackets: `a|b`, but not `(a|b)`.
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

    /// Replaces fragment names by their fragments; throws for unknown and recursive ones.
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
                    message: "unknown fragment <\(name)>; known are \(fragments.keys.sorted().joined(separator: ", "))")
            }
            guard depth < Self.deepest else {
                throw FormatPattern.Fault(message: "the fragment <\(name)> is nested too deep or contains itself")
            }
            let piece = try expand(fragment, depth: depth + 1)
            result += rest[..<start] + (Self.isChoice(piece) ? "(\(piece))" : piece)
            guard result.utf8.count <= FormatPattern.longest else {
                throw FormatPattern.Fault(
                    message: "the pattern expands to more than \(FormatPattern.longest) characters")
            }
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
