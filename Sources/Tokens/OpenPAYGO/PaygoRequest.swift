import Foundation

/// A machine-readable request to make or read an OpenPAYGO code.
package struct PaygoRequest: Codable, Sendable {
    package var paygoKey: String
    package var startingCode: Int64?
    /// The last used count.
    package var count: Int
    package var type: String?
    /// Days; may be a fraction if the divider allows it.
    package var value: Decimal?
    /// The device's units per day.
    package var valueDivider: Int?
    package var restricted: Bool?
    package var extended: Bool?
    /// Only for reading: the counts that the device remembers.
    package var usedCounts: [Int]?

    package struct Answer: Codable, Sendable, Hashable {
        package var tokens: [String]
        /// The count of the new code.
        package var count: Int

        package init(tokens: [String], count: Int) {
            self.tokens = tokens
            self.count = count
        }
    }

    package struct Reading: Codable, Sendable, Hashable {
        /// A kind of code, `already_used` or `invalid`.
        package var type: String
        package var value: Decimal?
        package var count: Int?
        package var usedCounts: [Int]?

        package init(type: String, value: Decimal? = nil, count: Int? = nil, usedCounts: [Int]? = nil) {
            self.type = type
            self.value = value
            self.count = count
            self.usedCounts = usedCounts
        }
    }

    /// Makes the requested code.
    ///
    /// - Throws: `TokenError` if a field is missing or invalid, or the code cannot be made.
    package func answer() throws -> Answer {
        guard let type else { throw TokenError(.badRequest, "'type' is missing") }
        guard let kind = OpenPAYGO.Kind(rawValue: type) else {
            let known = OpenPAYGO.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw TokenError(.badRequest, "'type' must be one of \(known), not '\(type)'")
        }
        let carriesTime = kind == .addTime || kind == .setTime
        let code = try device().code(kind, units: carriesTime ? units() : 0, after: count)
        return Answer(tokens: [code.digits], count: code.count)
    }

    /// Reads a code as the device would.
    ///
    /// - Throws: `TokenError` if a field is invalid or the code has the wrong digits.
    package func reading(_ token: String) throws -> Reading {
        switch try device().read(token, after: count, used: usedCounts ?? []) {
        case .alreadyUsed: return Reading(type: "already_used")
        case .invalid: return Reading(type: "invalid")
        case .valid(let kind, let units, let count, let used):
            let carriesTime = kind == .addTime || kind == .setTime
            return Reading(
                type: kind.rawValue, value: carriesTime ? Decimal(units) / Decimal(try divider()) : nil, count: count,
                usedCounts: used)
        }
    }

    private func device() throws -> OpenPAYGO {
        guard let key = SecretBytes(hex: paygoKey), key.count == 16 else {
            throw TokenError(.badVendingKey, "'paygo_key' must be 32 hexadecimal digits")
        }
        return try OpenPAYGO(
            key: key, start: startingCode,
            format: .init(isRestricted: restricted ?? false, isExtended: extended ?? false))
    }

    private func divider() throws -> Int {
        let divider = valueDivider ?? 1
        guard (1...10_000).contains(divider) else { throw TokenError(.badValue, "'value_divider' must be 1 to 10000") }
        return divider
    }

    /// Rounds half a unit to the even neighbour, as the standard's own library does.
    private func units() throws -> Int64 {
        guard let value else { throw TokenError(.badRequest, "'value' is missing; it must be the number of days") }
        guard value >= 0, value <= 1_000_000 else { throw TokenError(.badValue, "'value' must be 0 to 1000000 days") }
        var exact = value * Decimal(try divider())
        var rounded = Decimal()
        NSDecimalRound(&rounded, &exact, 0, .bankers)
        return NSDecimalNumber(decimal: rounded).int64Value
    }
}
