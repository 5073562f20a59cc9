/// A node of a parsed pattern.
indirect enum PatternNode {
    case literal([Unicode.Scalar])
    case separator
    case place(FormatPattern.Place)
    case either([[PatternNode]])
    /// One of these, any number of times.
    case anyNumber([[PatternNode]])

    /// Words of which this node requires one; `nil` if it requires none.
    var landmarks: [[Unicode.Scalar]]? {
        switch self {
        case .literal(let word): return [word]
        case .separator, .place, .anyNumber: return nil
        case .either(let alternatives):
            var words: [[Unicode.Scalar]] = []
            for alternative in alternatives {
                // The shortest list selects best; of equally short ones, the one with the longest word.
                let lists = alternative.compactMap(\.landmarks)
                let best = lists.min { ($0.count, -($0.first?.count ?? 0)) < ($1.count, -($1.first?.count ?? 0)) }
                guard let best else { return nil }
                words += best
            }
            return words.count <= 40 ? words : nil
        }
    }
}
