/// An exact decimal number, kept as digits to avoid binary floating point.
package struct DecimalText: Sendable {
    package let isNegative: Bool
    package let whole: String
    package let decimals: String

    /// Parses a decimal such as `-12500.50`: about 40 digits at most, at least one before the point.
    package init?(_ text: some StringProtocol) {
        var rest = Substring(text)
        isNegative = rest.first == "-"
        if isNegative { rest = rest.dropFirst() }
        let pieces = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = pieces.first, !first.isEmpty, rest.utf8.count <= 41,
            pieces.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        if pieces.count == 2, pieces[1].isEmpty { return nil }
        whole = String(first)
        decimals = pieces.count == 2 ? String(pieces[1]) : ""
    }

    /// The number times 10^exponent; `nil` if the result is not whole or does not fit in 64 bits.
    package func scaled(to exponent: Int) -> Int64? {
        var used = decimals
        while used.count > exponent, used.last == "0" { used.removeLast() }
        guard used.count <= exponent else { return nil }
        let digits = whole + used + String(repeating: "0", count: exponent - used.count)
        guard let magnitude = Int64(digits) else { return nil }
        return isNegative ? -magnitude : magnitude
    }

    /// Formats `scaled` / 10^exponent with all its decimals.
    package static func print(_ scaled: Int64, exponent: Int) -> String {
        var digits = String(scaled.magnitude)
        while digits.count <= exponent { digits = "0" + digits }
        let sign = scaled < 0 ? "-" : ""
        guard exponent > 0 else { return sign + digits }
        return sign + digits.dropLast(exponent) + "." + digits.suffix(exponent)
    }
}
