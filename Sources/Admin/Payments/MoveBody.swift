package struct MoveBody: Codable, Sendable {
    package var serial: String
    /// If true, the value of a token that was already sent becomes a debt of its owner.
    package var charge: Bool?
    package init(serial: String, charge: Bool?) {
        self.serial = serial
        self.charge = charge
    }
}
