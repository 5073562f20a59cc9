/// Key change tokens that were made for a meter, until somebody confirms that the meter took them.
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
