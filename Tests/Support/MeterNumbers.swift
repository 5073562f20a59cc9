/// Meter numbers with a valid check digit.
package enum MeterNumbers {
    /// Eleven digits: four of the manufacturer, six for `number`, and the Luhn check digit (ISO/IEC 7812-1).
    package static func valid(_ number: Int) -> String {
        let counted = String(1_000_000 + number % 1_000_000).dropFirst()
        let digits = "0146" + counted
        var sum = 0
        for (position, digit) in digits.reversed().enumerated() {
            let value = (digit.wholeNumberValue ?? 0) * (position.isMultiple(of: 2) ? 2 : 1)
            sum += value / 10 + value % 10
        }
        return digits + String((10 - sum % 10) % 10)
    }
}
