/// An amount in minor units of the company's currency. Binary floating point is never used.
package struct Money: Hashable, Sendable, Comparable, Codable {
    package var minor: Int64

    package init(minor: Int64) { self.minor = minor }

    /// Decodes minor units.
    /// - Throws: `DecodingError` if the value is not an integer.
    package init(from decoder: any Decoder) throws {
        minor = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Encodes minor units.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(minor)
    }

    package static let zero = Money(minor: 0)

    /// The maximum amount accepted as input: 10^15 minor units. The sum of a thousand such amounts still fits in 64
    /// bits.
    package static let largest = Money(minor: 1_000_000_000_000_000)

    package static func < (a: Money, b: Money) -> Bool { a.minor < b.minor }
    /// Saturates at the range of 64 bits: no input may stop the daemon, and the audit finds the resulting imbalance.
    package static func + (a: Money, b: Money) -> Money {
        let (sum, isBeyond) = a.minor.addingReportingOverflow(b.minor)
        return Money(minor: isBeyond ? (b.minor < 0 ? .min : .max) : sum)
    }

    /// Saturates at the range of 64 bits.
    package static func - (a: Money, b: Money) -> Money {
        let (difference, isBeyond) = a.minor.subtractingReportingOverflow(b.minor)
        return Money(minor: isBeyond ? (b.minor < 0 ? .max : .min) : difference)
    }

    package static func += (a: inout Money, b: Money) { a = a + b }
    package static func -= (a: inout Money, b: Money) { a = a - b }

    package var isPositive: Bool { minor > 0 }
}

extension Sequence<Money> {
    package var sum: Money { reduce(.zero, +) }
}

extension Money {
    /// Parses an exact decimal such as `12500.50`: digits, at most one point, an optional minus.
    ///
    /// `nil` if it is not a decimal, has more non-zero decimals than the currency, or exceeds `largest`.
    package init?(decimal: some StringProtocol, in currency: Currency) {
        guard let scaled = DecimalText(decimal)?.scaled(to: currency.exponent),
            scaled.magnitude <= Int64.Magnitude(Self.largest.minor)
        else { return nil }
        self.init(minor: scaled)
    }

    /// The amount with all decimals of the currency, ungrouped: `12500.00`.
    package func decimal(in currency: Currency) -> String {
        DecimalText.print(minor, exponent: currency.exponent)
    }

    /// The amount for display: thousands separated, decimals only if not zero: `12,500` or `12,500.50`.
    package func display(in currency: Currency) -> String {
        let plain = decimal(in: currency)
        let pieces = plain.split(separator: ".", omittingEmptySubsequences: false)
        var whole = String(pieces[0].drop { $0 == "-" })
        var grouped = ""
        while whole.count > 3 {
            grouped = "," + whole.suffix(3) + grouped
            whole = String(whole.dropLast(3))
        }
        let sign = minor < 0 ? "-" : ""
        let decimals = pieces.count > 1 && pieces[1].contains { $0 != "0" } ? "." + pieces[1] : ""
        return sign + whole + grouped + decimals
    }
}
