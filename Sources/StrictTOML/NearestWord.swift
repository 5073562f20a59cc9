/// Suggests corrections of typos.
package enum NearestWord {
    private static let longest = 100

    /// The word nearest to `typed`, if it is near enough to be a typo.
    package static func of(_ typed: String, in words: some Sequence<String>) -> String? {
        // A very long word is not a typo of a short one, and the comparison needs memory in proportion to its length.
        guard typed.utf8.count <= longest else { return nil }
        let limit = max(1, typed.count / 3)
        return words.map { (distance(typed, $0), $0) }.filter { $0.0 <= limit }
            .min { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }?.1
    }

    /// `; did you mean 'word'?`, to append to an error text; empty if no word is near.
    package static func hint(_ typed: String, in words: some Sequence<String>) -> String {
        of(typed, in: words).map { "; did you mean '\($0)'?" } ?? ""
    }

    /// The number of letters added, removed, changed or swapped with a neighbour (optimal string alignment distance).
    package static func distance(_ a: String, _ b: String) -> Int {
        let a = Array(a)
        let b = Array(b)
        var rows = [Array(0...b.count)]
        for i in a.indices {
            var row = [i + 1]
            for j in b.indices {
                var best = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a[i] == b[j] ? 0 : 1))
                if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { best = min(best, rows[i - 1][j - 1] + 1) }
                row.append(best)
            }
            rows.append(row)
        }
        return rows[a.count][b.count]
    }
}
