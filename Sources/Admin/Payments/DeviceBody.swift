/// The body of `approve`: the serial of the device, if staff know it.
package struct DeviceBody: Codable, Sendable {
    package var serial: String?
    package init(serial: String?) { self.serial = serial }
}
