import Domain
import Foundation

/// Calin's vending service for its STS meters: units in, a token of 20 digits out, no id by which it knows an order again.
package struct CalinAPI: VendorAPI {
    package let traits: VendorTraits
    private let endpoint: VendorEndpoint
    private let user: SecretBytes
    private let password: SecretBytes

    package init(_ endpoint: VendorEndpoint, user: String, password: String) {
        var traits = VendorTraits(kinds: [.meter])
        traits.tokensAreUnique = true
        self.traits = traits
        self.endpoint = endpoint
        self.user = SecretBytes(Array(user.utf8))
        self.password = SecretBytes(Array(password.utf8))
    }

    /// STS: 20 digits.
    package func isToken(_ code: String) -> Bool {
        code.count == 20 && code.allSatisfy { $0.isASCII && $0.isNumber }
    }

    package func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery {
        guard case .energy(let energy) = order.worth else { throw .refused("Calin makes tokens of energy alone") }
        let body: [String: Any] = [
            "user_id": user.text, "password": password.text, "meter_id": order.serial, "token_type": "CreditToken",
            // Exact: one decimal, never a binary fraction.
            "amount": NSDecimalNumber(mantissa: UInt64(max(0, energy.tenths)), exponent: -1, isNegative: false),
        ]
        guard let data = try? JSONSerialization.data(withJSONObject: body) else {
            throw .refused("the order cannot be written as JSON")
        }
        let answer = try await endpoint.post(
            "\(endpoint.url)/tokennew", data, type: "application/json;charset=utf-8")
        switch answer.status {
        case 200: break
        case 201..<300: throw .unknown("the service's answer cannot be read")
        default: throw VendorFailure.clientError(answer.status)
        }
        return .token(try Self.token(answer, for: order.serial))
    }

    /// The token in an answer to an order for a device.
    static func token(_ answer: VendorAnswer, for serial: String) throws(VendorFailure) -> String {
        guard let fields = answer.fields, let code = fields["result_code"].flatMap(Self.number) else {
            throw .unknown("the service's answer cannot be read")
        }
        guard code == 0 else {
            let reason = (fields["reason"] as? String).map { ": \(VendorText.excerpt($0))" } ?? ""
            throw .refused("the service refused the order (result_code \(code)\(reason))")
        }
        try VendorText.expect(serial, in: fields, under: ["meter_id", "meter_number", "meter"])
        guard let digits = (fields["result"] as? String).map(VendorText.digits), digits.count == 20 else {
            throw .unknown("the service said yes, and its token has not 20 digits")
        }
        return digits
    }

    private static func number(_ value: Any) -> Int? { value as? Int ?? (value as? String).flatMap { Int($0) } }
}

/// What makers' services write.
enum VendorText {
    /// The digits of a token, without spaces and dashes; empty when there is anything else in it.
    static func digits(_ text: String) -> String {
        let kept = text.filter { !$0.isWhitespace && $0 != "-" }
        return kept.allSatisfy { $0.isASCII && $0.isNumber } ? kept : ""
    }

    /// A few words of what a service said, for staff.
    static func excerpt(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }.prefix(120).map(Character.init))
    }

    /// An answer that names another device is none to our order.
    static func expect(_ serial: String, in fields: [String: Any], under names: [String]) throws(VendorFailure) {
        for name in names {
            guard let value = fields[name], !(value is NSNull) else { continue }
            guard let named = Serial("\(value)"), named == Serial(serial) else {
                throw .unknown("the service answered for another device")
            }
        }
    }
}

extension SecretBytes {
    /// For the one moment in which it is sent.
    var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
