/// The positions of a text's glue words: short words such as `du` and `new` that never make up a whole name.
struct GlueWords {
    private let isGlue: [Bool]
    /// The number of letters of other words before each position.
    private let others: [Int32]

    init(_ text: NormalizedText, _ glue: Set<String>) {
        var isGlue = [Bool](repeating: false, count: text.folded.count)
        var others: [Int32] = [0]
        others.reserveCapacity(text.folded.count + 1)
        var start = 0
        while start < text.folded.count {
            var end = start
            while end < text.folded.count, text.folded[end].isWordCharacter { end += 1 }
            if end > start, end - start <= 12,
                glue.contains(String(ofScalars: text.folded[start..<end]))
            {
                for place in start..<end { isGlue[place] = true }
            }
            start = max(end, start + 1)
        }
        for (place, scalar) in text.folded.enumerated() {
            others.append(others[place] + (scalar.isWordCharacter && !isGlue[place] ? 1 : 0))
        }
        self.isGlue = isGlue
        self.others = others
    }

    func isAll(_ range: Range<Int>) -> Bool { others[range.upperBound] == others[range.lowerBound] }
    func contains(_ position: Int) -> Bool { isGlue[position] }
}
