package struct MoveBody: Codable, Sendable {
    package var serial: String
    /// A token that was sent already becomes a debt of its owner.
    package var charge: Bool?
    package init(serial: String, charge: Bool?) {
        self.serial = serial
        self.charge = charge
    }
}
