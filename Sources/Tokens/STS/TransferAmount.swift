/// The 16-bit floating-point amounts of STS: value = m x 10^e + 16384 x (10^e - 1) / 9, m of 14 bits.
package enum TransferAmount {
    /// The largest amount in units: 0.1 kWh, 0.1 m3, 0.1 min, or watts.
    package static let largest: Int64 = 18_201_624

    /// The smallest field worth at least `units`: it rounds in the customer's favour.
    ///
    /// - Throws: `TokenError` with code `badAmount` or `amountTooLarge` if `units` is out of range.
    package static func field(for units: Int64) throws(TokenError) -> UInt16 {
        guard units >= 0 else { throw TokenError(.badAmount, "an amount cannot be negative") }
        guard units <= largest else {
            throw TokenError(.amountTooLarge, "an amount must be at most \(largest) units, not \(units)")
        }
        let (exponent, mantissa) = try encode(Int128(units), exponents: 3, roundingUp: true)
        return UInt16(exponent) << 14 | UInt16(mantissa)
    }

    /// The value of a field, in units.
    package static func units(of field: UInt16) -> Int64 {
        Int64(value(mantissa: Int(field & 0x3fff), exponent: Int(field >> 14)))
    }

    /// The field and the sign-and-exponent nibble of a currency amount, in 10^-5 of the base currency.
    ///
    /// - Throws: `TokenError` with code `amountTooLarge` if the amount does not fit.
    package static func currencyField(for hundredThousandths: Int128) throws(TokenError) -> (
        nibble: UInt8, field: UInt16
    ) {
        let negative = hundredThousandths < 0
        // Positive amounts round up and negative ones towards zero, both in the customer's favour.
        let (exponent, mantissa) = try encode(
            negative ? -hundredThousandths : hundredThousandths, exponents: 31, roundingUp: !negative)
        return (
            nibble: (negative ? 8 : 0) | UInt8(exponent / 4), field: UInt16(exponent % 4) << 14 | UInt16(mantissa)
        )
    }

    /// The value of a currency field, in 10^-5 of the base currency.
    package static func hundredThousandths(nibble: UInt8, field: UInt16) -> Int128 {
        let exponent = Int(nibble & 7) * 4 + Int(field >> 14)
        let magnitude = value(mantissa: Int(field & 0x3fff), exponent: exponent)
        return nibble & 8 == 0 ? magnitude : -magnitude
    }

    private static func value(mantissa: Int, exponent: Int) -> Int128 {
        let power = power(exponent)
        return Int128(mantissa) * power + 16_384 * ((power - 1) / 9)
    }

    private static func power(_ exponent: Int) -> Int128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }

    private static func encode(_ units: Int128, exponents: Int, roundingUp: Bool) throws(TokenError) -> (Int, Int) {
        for exponent in 0...exponents {
            let offset = value(mantissa: 0, exponent: exponent)
            // The range of the next exponent begins where the full mantissa of this one would end.
            let next = value(mantissa: 16_384, exponent: exponent)
            if units >= next { continue }
            let power = power(exponent)
            let rest = max(units - offset, 0)
            let mantissa = roundingUp ? (rest + power - 1) / power : rest / power
            if mantissa < 16_384 { return (exponent, Int(mantissa)) }
            if exponent < exponents { return (exponent + 1, 0) }
        }
        throw TokenError(.amountTooLarge, "the amount is too large for a token")
    }
}
