/// The numbers printed on STS meters, with their check digits (IEC 62055-41).
package enum MeterNumber {
    /// The 18-digit meter PAN of an 11- or 13-digit DRN, or of a PAN itself.
    ///
    /// - Throws: `TokenError` with code `badMeterNumber` if the length or the check digit is wrong.
    package static func pan(of number: String) throws(TokenError) -> String {
        guard number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw TokenError(.badMeterNumber, "a meter number may contain only digits")
        }
        switch number.utf8.count {
        case 11:
            try check(number, "meter number")
            return completed("600727" + number)
        case 13:
            try check(number, "meter number")
            return completed("0000" + number)
        case 18:
            try check(number, "meter PAN")
            return number
        default:
            throw TokenError(
                .badMeterNumber, "a meter number must have 11 or 13 digits, or 18 as a PAN, not \(number.utf8.count)")
        }
    }

    /// Whether the last digit is the Luhn check digit of those before it.
    package static func hasCheckDigit(_ digits: String) -> Bool {
        guard let last = digits.last, let value = last.wholeNumberValue else { return false }
        return checkDigit(digits.dropLast()) == value
    }

    private static func check(_ digits: String, _ what: String) throws(TokenError) {
        guard hasCheckDigit(digits) else {
            throw TokenError(.badMeterNumber, "the check digit of the \(what) is wrong")
        }
    }

    private static func completed(_ digits: String) -> String { digits + String(checkDigit(digits[...])) }

    /// The Luhn check digit: from the right, every second digit is doubled, starting with the last one; the digit sums
    /// are added; the check digit completes the total to a multiple of ten.
    private static func checkDigit(_ digits: Substring) -> Int {
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (index.isMultiple(of: 2) ? 2 : 1)
            sum += value / 10 + value % 10
        }
        return (10 - sum % 10) % 10
    }
}
