import Foundation

/// A text normalised for comparison: one kind of space and digit, and for each character its folded form.
struct NormalizedText {
    /// The text as printed, with spaces collapsed, invisible characters removed and digits of all scripts as 0...9.
    let scalars: [Unicode.Scalar]
    /// The same characters without case and accents, at the same positions.
    let folded: [Unicode.Scalar]

    init(_ text: String) {
        var scalars: [Unicode.Scalar] = []
        scalars.reserveCapacity(text.unicodeScalars.count)
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                if scalar.value <= 0x20 || scalar.value == 0x7f {
                    if scalars.last != " ", !scalars.isEmpty { scalars.append(" ") }
                } else {
                    scalars.append(scalar)
                }
            } else if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
                scalars.append(Unicode.Scalar(UInt8(0x30 + Int(digit) % 10)))
            } else if scalar.properties.isWhitespace {
                if scalars.last != " ", !scalars.isEmpty { scalars.append(" ") }
            } else if scalar.properties.generalCategory == .format || scalar.properties.generalCategory == .control {
                continue
            } else if scalar.properties.generalCategory == .nonspacingMark, let last = scalars.last {
                // A combining accent is merged with its letter, so that positions remain those of letters.
                let joined = String(String.UnicodeScalarView([last, scalar])).precomposedStringWithCanonicalMapping
                if let one = joined.unicodeScalars.first, joined.unicodeScalars.count == 1 {
                    scalars[scalars.count - 1] = one
                }
            } else {
                scalars.append(Self.quotes[scalar] ?? scalar)
            }
        }
        if scalars.last == " " { scalars.removeLast() }
        self.scalars = scalars
        folded = scalars.map(Folding.fold)
    }

    func isUppercase(_ position: Int) -> Bool {
        let scalar = scalars[position]
        return scalar.isASCII ? ("A"..."Z").contains(scalar) : scalar.properties.isUppercase
    }

    func text(_ range: Range<Int>) -> String {
        String(ofScalars: scalars[range])
    }

    /// Whether the text contains a folded text.
    func contains(_ needle: [Unicode.Scalar]) -> Bool {
        guard let first = needle.first, needle.count <= folded.count else { return needle.isEmpty }
        for start in 0...(folded.count - needle.count) where folded[start] == first {
            var offset = 1
            while offset < needle.count, folded[start + offset] == needle[offset] { offset += 1 }
            if offset == needle.count { return true }
        }
        return false
    }

    private static let quotes: [Unicode.Scalar: Unicode.Scalar] = [
        "‘": "'", "’": "'", "“": "\"", "”": "\"", "–": "-", "—": "-", "−": "-", "‑": "-",
    ]
}

extension String {
    /// Copies ASCII, which nearly all texts are, byte by byte.
    init(ofScalars scalars: ArraySlice<Unicode.Scalar>) {
        if scalars.allSatisfy(\.isASCII) {
            self = String(unsafeUninitializedCapacity: scalars.count) { buffer in
                var place = 0
                for scalar in scalars {
                    buffer[place] = UInt8(truncatingIfNeeded: scalar.value)
                    place += 1
                }
                return place
            }
        } else {
            self = String(String.UnicodeScalarView(scalars))
        }
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isLetter: Bool { isWordCharacter && !isDigit }
    var isWordCharacter: Bool {
        isDigit || (isASCII ? ("a"..."z").contains(self) || ("A"..."Z").contains(self) : properties.isAlphabetic)
    }
}
