/// What a customer's device is.
package enum DeviceKind: String, Codable, Sendable, CaseIterable {
    case meter
    case solarHomeSystem = "shs"
    case eBike = "e-bike"
}
