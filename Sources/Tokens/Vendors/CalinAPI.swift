import Domain
import Foundation

/// Calin's vending service for its STS meters: it takes units and returns a token of 20 digits. It has no order id, so
/// a repeated order is a new one.
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

    /// Whether a code is an STS token: 20 digits.
    package func isToken(_ code: String) -> Bool {
        code.count == 20 && code.allSatisfy { $0.isASCII && $0.isNumber }
    }

    /// - Throws: `VendorFailure` if the order was refused, failed, or its result is unknown.
    package func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery {
        guard case .energy(let energy) = order.worth else { throw .refused("Calin issues tokens only for energy") }
        let body: [String: Any] = [
            "user_id": user.text, "password": password.text, "meter_id": order.serial, "token_type": "CreditToken",
            // An exact decimal, never a binary fraction.
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

    /// The token in the response to an order for a device.
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
            throw .unknown("the service accepted the order, but its token does not have 20 digits")
        }
        return digits
    }

    private static func number(_ value: Any) -> Int? { value as? Int ?? (value as? String).flatMap { Int($0) } }
}

extension SecretBytes {
    /// The secret as text, only for sending it.
    var text: String { withBytes { String(decoding: $0, as: UTF8.self) } }
}
