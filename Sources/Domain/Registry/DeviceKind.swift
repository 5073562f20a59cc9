/// The kind of a customer's device.
package enum DeviceKind: String, Codable, Sendable, CaseIterable {
    case meter
    case solarHomeSystem = "shs"
    case eBike = "e-bike"
}
