/// An amount in minor units of the company's currency. Never a binary float, never mixed with another currency.
package struct Money: Hashable, Sendable, Comparable, Codable {
    package var minor: Int64

    package init(minor: Int64) { self.minor = minor }

    package init(from decoder: any Decoder) throws {
        minor = try decoder.singleValueContainer().decode(Int64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(minor)
    }

    package static let zero = Money(minor: 0)

    /// The largest amount that any input may name: 10^15 minor units. Sums of a thousand of them still fit.
    package static let largest = Money(minor: 1_000_000_000_000_000)

    package static func < (a: Money, b: Money) -> Bool { a.minor < b.minor }
    /// Sums beyond the range of 64 bits stay at its end: no input may stop the daemon, and the proofs of the books
    /// find what does not add up.
    package static func + (a: Money, b: Money) -> Money {
        let (sum, isBeyond) = a.minor.addingReportingOverflow(b.minor)
        return Money(minor: isBeyond ? (b.minor < 0 ? .min : .max) : sum)
    }

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
    /// Reads an exact decimal such as `12500.50`: digits, at most one point, an optional minus.
    ///
    /// `nil` when it is no decimal, has more decimals (other than zeros) than the currency, or is beyond `largest`.
    package init?(decimal: some StringProtocol, in currency: Currency) {
        guard let scaled = DecimalText(decimal)?.scaled(to: currency.exponent),
            scaled.magnitude <= Int64.Magnitude(Self.largest.minor)
        else { return nil }
        self.init(minor: scaled)
    }

    /// The amount as a plain decimal with all decimals of the currency: `12500.00`.
    package func decimal(in currency: Currency) -> String {
        DecimalText.print(minor, exponent: currency.exponent)
    }

    /// The amount for people: thousands separated, decimals only where they say something: `12,500` or `12,500.50`.
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
