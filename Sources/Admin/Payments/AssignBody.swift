package struct AssignBody: Codable, Sendable {
    package var serial: String
    package init(serial: String) { self.serial = serial }
}
