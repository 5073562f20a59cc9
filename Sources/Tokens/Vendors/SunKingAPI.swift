import Domain
import Foundation

/// Sun King's service for its solar home systems: it takes days or an unlock and returns a code for the keypad.
package struct SunKingAPI: VendorAPI {
    package let traits = VendorTraits(kinds: [.solarHomeSystem])
    private let endpoint: VendorEndpoint
    private let access: AccessToken

    package init(_ endpoint: VendorEndpoint, authURL: String, client: String, secret: String) {
        self.endpoint = endpoint
        access = AccessToken(
            endpoint, address: authURL, client: SecretBytes(Array(client.utf8)),
            secret: SecretBytes(Array(secret.utf8)))
    }

    /// - Throws: `VendorFailure` if the order was refused, failed, or its result is unknown.
    package func issue(_ order: VendorOrder) async throws(VendorFailure) -> VendorDelivery {
        var body: [String: Any] = ["device": order.serial]
        switch order.worth {
        case .days(let days):
            body["command"] = "add_credit"
            body["payload"] = days
            body["time_unit"] = "day"
        case .unlock: body["command"] = "unlock"
        case .energy: throw .refused("Sun King issues codes for days, not for energy")
        }
        guard let data = try? JSONSerialization.data(withJSONObject: body) else {
            throw .refused("the order cannot be written as JSON")
        }
        var answer = try await send(data, with: try await access.current())
        if answer.status == 401 {
            // The order was not carried out: the access token expired early.
            answer = try await send(data, with: try await access.renewed())
        }
        switch answer.status {
        case 200, 201: break
        case 404: throw .refused("the vendor does not know this device")
        case 200..<300: throw .unknown("the service's answer cannot be read")
        default: throw VendorFailure.clientError(answer.status)
        }
        return .token(try code(answer, for: order.serial))
    }

    /// The code in the response to an order for a device.
    func code(_ answer: VendorAnswer, for serial: String) throws(VendorFailure) -> String {
        guard let fields = answer.fields else { throw .unknown("the service's answer cannot be read") }
        try VendorText.expect(serial, in: fields, under: ["device", "serial"])
        let typed = fields["token"] as? String ?? (fields["token"] as? Int).map(String.init)
        guard let code = typed?.filter({ !$0.isWhitespace && $0 != "-" }), isToken(code) else {
            throw .unknown("the service accepted the order, but its response has no code")
        }
        return code
    }

    /// The access token in the response to a sign-in, and how many seconds to use it.
    static func access(_ answer: VendorAnswer) -> (token: String, seconds: Int)? {
        guard let fields = answer.fields, let text = fields["access_token"] as? String, !text.isEmpty,
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f })
        else { return nil }
        let seconds = fields["expires_in"] as? Int ?? 300
        return (text, min(max(seconds, 60), 86_400) - 60)
    }

    private func send(_ body: Data, with token: SecretBytes) async throws(VendorFailure) -> VendorAnswer {
        try await endpoint.post(
            "\(endpoint.url)/token", body, type: "application/json",
            headers: ["Authorization": "Bearer \(token.text)"])
    }

    /// Whether a code has only the keys of a keypad.
    package func isToken(_ code: String) -> Bool {
        (4...40).contains(code.count) && code.allSatisfy { ($0.isASCII && $0.isNumber) || $0 == "*" || $0 == "#" }
    }
}

/// The access token of OAuth's client credentials grant (RFC 6749, 4.4), requested once and kept until it expires.
private actor AccessToken {
    private let endpoint: VendorEndpoint
    private let address: String
    private let client: SecretBytes
    private let secret: SecretBytes
    private var token: SecretBytes?
    private var lastsUntil = ContinuousClock.now

    init(_ endpoint: VendorEndpoint, address: String, client: SecretBytes, secret: SecretBytes) {
        self.endpoint = endpoint
        self.address = address
        self.client = client
        self.secret = secret
    }

    func current() async throws(VendorFailure) -> SecretBytes {
        if let token, ContinuousClock.now < lastsUntil { return token }
        return try await renewed()
    }

    /// Requests a new access token. Nothing was ordered yet, so no failure here leaves an order in doubt.
    func renewed() async throws(VendorFailure) -> SecretBytes {
        let form = [
            ("grant_type", "client_credentials"), ("client_id", client.text), ("client_secret", secret.text),
            ("scope", "roles"),
        ].map { "\($0)=\(Self.encoded($1))" }.joined(separator: "&")
        let answer: VendorAnswer
        do {
            answer = try await endpoint.post(
                address, Data(form.utf8), type: "application/x-www-form-urlencoded")
        } catch .refused(let reason) {
            throw .refused("signing in: \(reason)")
        } catch {
            throw .notReached("signing in: \(error)")
        }
        guard answer.status == 200 else {
            throw .notReached("the service rejected the credentials (\(answer.status))")
        }
        guard let access = SunKingAPI.access(answer) else {
            throw .notReached("signing in: the service's answer cannot be read")
        }
        let token = SecretBytes(Array(access.token.utf8))
        self.token = token
        lastsUntil = .now.advanced(by: .seconds(access.seconds))
        return token
    }

    private static func encoded(_ text: String) -> String {
        let plain = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        return text.addingPercentEncoding(withAllowedCharacters: plain) ?? ""
    }
}
