import Domain
import NIOConcurrencyHelpers
import Tokens

/// Issues the tokens of registered devices: open standards locally, vendors' tokens through the vendors' APIs.
package struct TokenIssuer: Sendable {
    package enum Answer: Sendable, Hashable {
        case made(Issue)
        /// The vendor must be asked for the token, outside the step.
        case ask(vendor: String)
    }

    package struct Issue: Sendable, Hashable {
        /// The digits; several codes are separated by spaces.
        package let digits: String
        /// The TID of an STS token, in minutes since `baseDate`, or the count of the last OpenPAYGO code.
        package let identifier: Int64
        /// The year of the STS base date; 0 for an OpenPAYGO count.
        package let baseDate: Int

        /// The token to store, without its worth.
        func token(of device: DeviceID, payment: PaymentID?, act: String? = nil, at now: Timestamp) -> IssuedToken {
            var token = IssuedToken(device: device, payment: payment, act: act, digits: digits, createdAt: now)
            token.identifier = identifier
            token.baseDate = baseDate
            return token
        }
    }

    package let sts: STSIssuer
    package let vendors: [String: any VendorAPI]

    package init(
        keys: VendingKeyFile, tables: EA07Tables?, vendors: [String: any VendorAPI] = [:],
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        sts = STSIssuer(keys: keys, tables: tables, random: NIOLockedValueBox(random))
        self.vendors = vendors
    }

    /// Maximum number of days that one token may grant.
    private static let mostDays = 100_000

    /// The values that a registered device's `token` may have.
    package var kinds: [String] { ["sts", "openpaygo"] + vendors.keys.sorted() }

    /// Issues a token with an identifier that this device never had, or names the vendor to ask. The caller stores
    /// token and identifier in one step, and has checked that the clock is plausible, since a wrong clock must not sell
    /// tokens.
    /// - Throws: `TokenError` if the token cannot be issued.
    package func issue(_ worth: TokenWorth, for device: Device, at now: Timestamp) throws -> Answer {
        guard worth.days <= Self.mostDays else {
            throw TokenError(
                .amountTooLarge, "\(worth.days) days are more than one token can grant; check the price per day")
        }
        if let vendor = vendors[device.token] {
            guard vendor.traits.kinds.contains(device.kind) else {
                throw TokenError(
                    .badRequest, "'\(device.token)' issues no tokens for devices of kind \(device.kind.rawValue)")
            }
            return .ask(vendor: device.token)
        }
        switch (device.token, worth) {
        case ("sts", .energy(let energy)): return .made(try sts.credit(energy, for: device, at: now))
        case ("openpaygo", .days(let days)): return .made(try PaygoIssuer.add(days, to: device))
        case ("openpaygo", .unlock): return .made(try PaygoIssuer.code(.disable, for: device))
        case ("sts", _), ("openpaygo", _):
            throw TokenError(
                .badRequest, "'\(device.token)' has no token for a \(device.kind.rawValue) of this kind of sale")
        default:
            throw TokenError(
                .badRequest, "unknown token issuer '\(device.token)'; available: \(kinds.joined(separator: ", "))")
        }
    }
}
