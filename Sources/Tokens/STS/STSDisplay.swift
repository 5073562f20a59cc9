/// Test and display tokens: class 1, not encrypted, so that one token works on every meter.
package enum STSDisplay {
    /// `subclass` 0: `control` of 36 bits, `manufacturer` of two digits; 1: 28 bits and four digits; 2: 44 bits of the
    /// extended set, `control` only.
    ///
    /// - Throws: `TokenError` with code `badValue` if a field is out of range.
    package static func token(subclass: Int, control: UInt64, manufacturer: UInt64) throws(TokenError) -> String {
        let bits: (control: Int, manufacturer: UInt64)
        switch subclass {
        case 0: bits = (36, 8)
        case 1: bits = (28, 16)
        case 2: bits = (44, 0)
        default: throw TokenError(.badValue, "the sub-class of a test token must be 0, 1 or 2, not \(subclass)")
        }
        guard control < UInt64(1) << UInt64(bits.control) else {
            throw TokenError(.badValue, "the control field must fit in \(bits.control) bits")
        }
        guard manufacturer < UInt64(1) << bits.manufacturer else {
            throw TokenError(.badValue, "the manufacturer field must fit in \(bits.manufacturer) bits")
        }
        let data = UInt64(subclass) << 44 | control << bits.manufacturer | manufacturer
        return TokenBlock(tokenClass: 1, data: data).digits(nil)
    }
}
