/// One text with `{name}` placeholders, checked when it is loaded.
///
/// A line with an optional placeholder without a value is omitted. Nothing else is ever omitted.
package struct TextTemplate: Sendable {
    private enum Piece: Hashable, Sendable {
        case text(String)
        case place(String)
    }

    private let lines: [[Piece]]
    package let places: Set<String>

    /// Characters of the template outside the GSM alphabet, which double the price of an SMS.
    var foreignCharacters: Set<Character> {
        var found: Set<Character> = []
        for case .text(let text) in lines.joined() {
            found.formUnion(text.filter { OutgoingText(String($0)).coding == .ucs2 })
        }
        return found
    }

    struct Fault: Error {
        let line: Int
        let message: String
    }

    /// `text` without the newline at its end.
    init(_ text: String, for name: TextName) throws(Fault) {
        var lines: [[Piece]] = []
        var places: Set<String> = []
        let known = name.required.union(name.optional)
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var pieces: [Piece] = []
            var rest = line[...]
            while let open = rest.firstIndex(of: "{") {
                guard let close = rest[open...].firstIndex(of: "}") else {
                    throw Fault(line: index + 1, message: "a '{' has no '}'")
                }
                let place = String(rest[rest.index(after: open)..<close])
                guard known.contains(place) else {
                    throw Fault(
                        line: index + 1,
                        message:
                            "unknown placeholder {\(place)}; this text has \(known.sorted().map { "{\($0)}" }.joined(separator: " "))"
                    )
                }
                if open > rest.startIndex { pieces.append(.text(String(rest[..<open]))) }
                pieces.append(.place(place))
                places.insert(place)
                rest = rest[rest.index(after: close)...]
            }
            if rest.contains("}") { throw Fault(line: index + 1, message: "a '}' has no '{'") }
            if !rest.isEmpty { pieces.append(.text(String(rest))) }
            lines.append(pieces)
        }
        let missing = name.required.subtracting(places)
        guard missing.isEmpty else {
            throw Fault(
                line: 1, message: "missing placeholders: \(missing.sorted().map { "{\($0)}" }.joined(separator: " "))")
        }
        self.lines = lines
        self.places = places
    }

    func render(_ values: [String: String]) -> String {
        lines.compactMap { pieces -> String? in
            var line = ""
            for piece in pieces {
                switch piece {
                case .text(let text): line += text
                case .place(let place):
                    guard let value = values[place] else { return nil }
                    line += value
                }
            }
            return line
        }.joined(separator: "\n")
    }
}
