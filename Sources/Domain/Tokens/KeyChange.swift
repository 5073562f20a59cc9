/// Key change tokens of a meter, pending until staff confirm that the meter accepted them.
package struct KeyChange: Sendable, Hashable {
    package let id: KeyChangeID
    package let device: DeviceID
    package let token: TokenID
    package let key: MeterKeyParameters
    package let createdAt: Timestamp

    package init(id: KeyChangeID, device: DeviceID, token: TokenID, key: MeterKeyParameters, createdAt: Timestamp) {
        self.id = id
        self.device = device
        self.token = token
        self.key = key
        self.createdAt = createdAt
    }
}
