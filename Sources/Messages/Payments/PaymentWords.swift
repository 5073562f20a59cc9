/// Words that formats and safety nets share: written once, in `_words.toml`.
struct PaymentWords: Sendable {
    /// Pieces of patterns, by the name that patterns put in angle brackets.
    var fragments: [String: String] = [:]
    /// Phrases that say money came in.
    var received: [[Unicode.Scalar]] = []
    /// Phrases that say how much there is now.
    var balance: [[Unicode.Scalar]] = []
    /// Phrases after which a text of money received means something else.
    var voids: [[Unicode.Scalar]] = []
    /// Words that no payer is called by.
    var notPayers: [String] = []
    /// Phrases of people who want money sent somewhere.
    var scams: [[Unicode.Scalar]] = []

    /// Puts fragments in place of their names; throws the name of an unknown one.
    func expand(_ pattern: String) throws(FormatPattern.Fault) -> String {
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
            result += rest[..<start] + fragment
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }
}
