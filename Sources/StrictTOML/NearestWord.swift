/// Finds what somebody probably meant.
package enum NearestWord {
    /// The word nearest to `typed`, when it is near enough to be a slip.
    package static func of(_ typed: String, in words: some Sequence<String>) -> String? {
        let limit = max(1, typed.count / 3)
        return words.map { (distance(typed, $0), $0) }.filter { $0.0 <= limit }
            .min { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }?.1
    }

    /// Levenshtein distance.
    package static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let above = row[j + 1]
                row[j + 1] = min(above + 1, row[j] + 1, diagonal + (x == y ? 0 : 1))
                diagonal = above
            }
        }
        return row[b.count]
    }
}
