/// Electrical energy in tenths of a kWh, the resolution of an STS credit token.
package struct Energy: Hashable, Sendable, Comparable, Codable {
    package var tenths: Int64

    package init(tenths: Int64) { self.tenths = tenths }

    package static func < (a: Energy, b: Energy) -> Bool { a.tenths < b.tenths }

    /// The energy in kWh with one decimal: `28.0`.
    package var kilowattHours: String { DecimalText.print(tenths, exponent: 1) }
}
