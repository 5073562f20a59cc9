/// The parameters that identify the key of an STS meter (IEC 62055-41).
package struct MeterKeyParameters: Sendable, Hashable {
    package var supplyGroup: String
    package var keyRevision: Int
    package var keyType: Int
    package var tariffIndex: Int
    package var algorithm: Int
    package var baseDate: Int

    package init(supplyGroup: String, keyRevision: Int, keyType: Int, tariffIndex: Int, algorithm: Int, baseDate: Int) {
        self.supplyGroup = supplyGroup
        self.keyRevision = keyRevision
        self.keyType = keyType
        self.tariffIndex = tariffIndex
        self.algorithm = algorithm
        self.baseDate = baseDate
    }
}
