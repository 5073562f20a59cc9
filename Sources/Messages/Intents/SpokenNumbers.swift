/// The number words of a language: `two thousand five hundred`, `elfu mbili mia tano`.
struct SpokenNumbers: Sendable {
    let language: String
    /// Number words with their values; 100 and values from 1000 up are multipliers.
    let words: [String: Int64]
    /// The multiplier comes first, as in Swahili: elfu mbili.
    let hasMultiplierFirst: Bool
    /// Words that may stand between number words: `mil e quinhentos`.
    let joining: Set<String>

    /// The number that begins at a word, and how many words it spans.
    func number(at start: Int, in typed: [String]) -> (value: Int64, count: Int)? {
        var total: Int64 = 0
        var current: Int64?
        var end = start
        var place = start
        while place < typed.count, place - start < 12 {
            if place > start, joining.contains(typed[place]), place + 1 < typed.count, value(typed[place + 1]) != nil {
                place += 1
                continue
            }
            guard let value = value(typed[place]) else { break }
            if value >= 100, isMultiplier(typed[place]) {
                if hasMultiplierFirst, current == nil, place + 1 < typed.count, let next = self.value(typed[place + 1]),
                    next < 100
                {
                    total += value * next
                    place += 1
                } else {
                    let (product, overflow) = (current ?? 1).multipliedReportingOverflow(by: value)
                    guard !overflow else { return nil }
                    total += product
                }
                current = nil
            } else {
                current = (current ?? 0) + value
            }
            place += 1
            end = place
            guard total < 1_000_000_000_000 else { return nil }
        }
        let value = total + (current ?? 0)
        return end > start && value > 0 ? (value, end - start) : nil
    }

    private func isMultiplier(_ word: String) -> Bool { words[word].map { $0 == 100 || $0 >= 1_000 } ?? false }

    private func value(_ word: String) -> Int64? { words[word] ?? (word.utf8.count <= 6 ? Int64(word) : nil) }
}
