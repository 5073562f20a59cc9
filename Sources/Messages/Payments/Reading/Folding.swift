import Foundation

/// Removes case and accents from letters.
enum Folding {
    static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII {
            return (0x41...0x5a).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value + 32)) : scalar
        }
        if let known = latin[scalar] { return known }
        return scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
    }

    static func fold(_ text: String) -> [Unicode.Scalar] {
        text.precomposedStringWithCanonicalMapping.unicodeScalars.map(fold)
    }

    /// Precomputed foldings of accented Latin letters.
    private static let latin: [Unicode.Scalar: Unicode.Scalar] = {
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for value in UInt32(0xc0)...0x24f {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let base = String(scalar).decomposedStringWithCanonicalMapping.lowercased().unicodeScalars.first
            table[scalar] = base ?? scalar
        }
        return table
    }()
}
