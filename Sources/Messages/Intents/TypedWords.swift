/// The words of a person's text, without case, accents and punctuation.
struct TypedWords: Sendable {
    let words: [String]
    /// The words between full stops, commas and the like.
    let pieces: [[String]]

    /// Reads at most 200 words.
    init(_ text: String) {
        var words: [String] = []
        var starts: [Int] = [0]
        var current = String.UnicodeScalarView()
        func end() {
            if !current.isEmpty { words.append(String(current)) }
            current = String.UnicodeScalarView()
        }
        for scalar in NormalizedText(text).folded {
            if scalar.isWordCharacter {
                current.append(scalar)
            } else if scalar != "'" {
                // "j'ai" and "jai" are the same word.
                end()
                if words.count >= 200 { break }
                if Self.endsPiece(scalar), starts.last != words.count { starts.append(words.count) }
            }
        }
        end()
        self.words = words
        pieces = zip(starts, starts.dropFirst() + [words.count]).map { Array(words[$0..<$1]) }.filter { !$0.isEmpty }
    }

    private static func endsPiece(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "." || scalar == "!" || scalar == "?" || scalar == ";" || scalar == ","
    }

    /// Words without digits.
    var letters: [String] { words.filter { !$0.contains { $0.isNumber } } }
}
