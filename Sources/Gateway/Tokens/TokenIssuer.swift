import Domain
import NIOConcurrencyHelpers
import Store
import Tokens

/// Makes the tokens of registered devices: those of open standards here and now, those of makers at their services.
package struct TokenIssuer: Sendable {
    package enum Answer: Sendable, Hashable {
        case made(Issue)
        /// This maker's service makes it, outside the step.
        case ask(vendor: String)
    }

    package struct Issue: Sendable, Hashable {
        /// Several codes are separated by spaces.
        package let digits: String
        /// An STS token's TID, minutes since `baseDate`; or the count of the last OpenPAYGO code.
        package let identifier: Int64
        /// 0 for a count.
        package let baseDate: Int

        /// What the books keep of it, but for what it carries.
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

    /// No money buys more days at once.
    private static let mostDays = 100_000

    /// What a registered device's `token` may be.
    package var kinds: [String] { ["sts", "openpaygo"] + vendors.keys.sorted() }

    /// A token with an identifier that this device never had, or the maker who must be asked for it. The caller stores
    /// token and identifier in one step, and has seen that the clock can be believed: a wrong one must not sell.
    package func issue(_ worth: TokenWorth, for device: Device, at now: Timestamp) throws -> Answer {
        guard worth.days <= Self.mostDays else {
            throw TokenError(
                .amountTooLarge, "\(worth.days) days are more than one token gives; look at the price of a day")
        }
        if let vendor = vendors[device.token] {
            guard vendor.traits.kinds.contains(device.kind) else {
                throw TokenError(
                    .badRequest, "'\(device.token)' makes no tokens for a device of kind \(device.kind.rawValue)")
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
                .badRequest, "nobody makes tokens of '\(device.token)'; there are \(kinds.joined(separator: ", "))")
        }
    }
}
