/// Detects originators that look like a provider's.
enum Confusables {
    /// A name reduced to its visual appearance: no spaces, marks or case, and look-alike letters unified.
    static func skeleton(_ name: String) -> [Unicode.Scalar] {
        var skeleton: [Unicode.Scalar] = []
        for scalar in name.unicodeScalars {
            let folded = Folding.fold(scalar)
            let seen = twins[folded] ?? folded
            if seen.isWordCharacter { skeleton.append(seen) }
        }
        return skeleton
    }

    private static let twins: [Unicode.Scalar: Unicode.Scalar] = [
        "0": "o", "1": "i", "l": "i", "|": "i", "!": "i", "5": "s", "$": "s", "3": "e", "4": "a", "@": "a", "8": "b",
        // Cyrillic and Greek letters that look like Latin ones.
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "м": "m", "т": "t", "к": "k", "н": "h",
        "в": "b", "і": "i", "ѕ": "s", "α": "a", "ε": "e", "ο": "o", "ρ": "p", "μ": "m", "τ": "t", "κ": "k", "ι": "i",
        "ν": "n", "υ": "y", "χ": "x", "β": "b", "η": "h", "ѵ": "v", "ӏ": "i",
    ]
}
