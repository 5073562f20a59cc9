/// What decisions about payments take.
package struct DeviceBody: Codable, Sendable {
    package var serial: String?
    package init(serial: String?) { self.serial = serial }
}
