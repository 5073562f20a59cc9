import Store
import Domain

/// Decides which device a payment is for.
struct DeviceFinder: Sendable {
    enum Finding {
        case device(Device)
        /// The reference names a serial that is not in the registry.
        case unknownSerial(String)
        /// The device is not given; these are the candidates, for example the payer's own devices.
        case askAmong([Device])
    }

    func find(_ payment: Payment, _ step: Step) throws -> Finding {
        let reference = payment.reference?.trimmingSpaces ?? ""
        guard reference.isEmpty else { return try find(reference, payment, step) }
        let own = try payersDevices(payment, step)
        if own.devices.count == 1, own.customers == 1 { return .device(own.devices[0]) }
        return .askAmong(own.devices)
    }

    /// Finds the serials in the reference. Several different ones lead to a question to the payer.
    private func find(_ reference: String, _ payment: Payment, _ step: Step) throws -> Finding {
        let found = try Self.devices(in: reference, step)
        if found.count == 1 { return .device(found[0]) }
        if found.count > 1 { return .askAmong(found) }
        let looksLikeSerial = reference.filter { $0.isASCII && $0.isNumber }.count >= 4
        return looksLikeSerial ? .unknownSerial(reference) : .askAmong(try payersDevices(payment, step).devices)
    }

    static func devices(in text: String, _ step: Step) throws -> [Device] {
        var found: [Device] = []
        for serial in Serial.candidates(in: text) {
            if let device = try step.registry.device(serial: serial), !found.contains(device) {
                found.append(device)
            }
        }
        return found
    }

    private func payersDevices(_ payment: Payment, _ step: Step) throws -> (
        devices: [Device], customers: Int
    ) {
        guard let phone = payment.payerPhone else { return ([], 0) }
        let customers = try step.registry.customers(phone: phone)
        return (try customers.flatMap { try step.registry.devices(of: $0.id) }, customers.count)
    }
}
