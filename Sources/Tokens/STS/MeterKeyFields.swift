/// The identification of a meter's key (IEC 62055-41): all inputs of its derivation except the vending key.
package struct MeterKeyFields: Hashable, Sendable {
    /// Meter PAN, 18 digits.
    package let pan: String
    /// SGC, 6 digits.
    package let supplyGroup: String
    /// TI, 0...99.
    package let tariffIndex: Int
    /// KRN, 1...9.
    package let keyRevision: Int
    /// KT, 1...3.
    package let keyType: Int
    package let baseDate: BaseDate

    /// - Throws: `TokenError` if the meter number is invalid or a field is out of range.
    package init(
        meter: String, supplyGroup: String, tariffIndex: Int, keyRevision: Int, keyType: Int, baseDate: BaseDate
    ) throws(TokenError) {
        pan = try MeterNumber.pan(of: meter)
        guard supplyGroup.utf8.count == 6, supplyGroup.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw TokenError(.badSupplyGroup, "a supply group code must have 6 digits")
        }
        guard (0...99).contains(tariffIndex) else {
            throw TokenError(.badTariffIndex, "a tariff index must be 0 to 99, not \(tariffIndex)")
        }
        guard (1...9).contains(keyRevision) else {
            throw TokenError(.badKeyRevision, "a key revision number must be 1 to 9, not \(keyRevision)")
        }
        guard (1...3).contains(keyType) else {
            throw TokenError(.badKeyType, "a key type must be 1, 2 or 3, not \(keyType)")
        }
        self.supplyGroup = supplyGroup
        self.tariffIndex = tariffIndex
        self.keyRevision = keyRevision
        self.keyType = keyType
        self.baseDate = baseDate
    }
}
