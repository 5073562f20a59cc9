import Domain
import Store
import Tokens

/// Issues OpenPAYGO codes for registered devices. Counts, like TIDs, are stored in the same transaction as the code.
enum PaygoIssuer {
    /// Maximum number of codes for one purchase. More are impractical to type, and each requires stepping through all
    /// earlier counts.
    private static let mostCodes: Int64 = 12

    /// Issues codes that add days. If one code cannot carry all days, there are several, to be entered one after
    /// another.
    static func add(_ days: Int, to device: Device) throws -> TokenIssuer.Issue {
        let (codes, row) = try coder(of: device)
        var left = try units(days, row)
        let needed = left / (codes.format.largestValue + 1) + 1
        guard needed <= mostCodes else {
            throw TokenError(.amountTooLarge, "\(days) days need \(needed) codes; the maximum is \(mostCodes)")
        }
        var count = row.count
        var digits: [String] = []
        repeat {
            let part = min(left, codes.format.largestValue)
            let code = try codes.code(.addTime, units: part, after: count)
            digits.append(code.digits)
            count = code.count
            left -= part
        } while left > 0
        return .init(digits: digits.joined(separator: " "), identifier: Int64(count), baseDate: 0)
    }

    /// Issues a code of a kind. `days` is used only for `setTime` and `addTime`.
    static func code(_ kind: OpenPAYGO.Kind, days: Int = 0, for device: Device) throws -> TokenIssuer.Issue {
        if kind == .addTime { return try add(days, to: device) }
        let (codes, row) = try coder(of: device)
        let code = try codes.code(kind, units: kind == .setTime ? units(days, row) : 0, after: row.count)
        return .init(digits: code.digits, identifier: Int64(code.count), baseDate: 0)
    }

    private static func coder(of device: Device) throws -> (OpenPAYGO, PaygoParameters) {
        guard device.token == "openpaygo", let row = device.paygo else {
            throw TokenError(.badRequest, "the device has no OpenPAYGO key (its token is '\(device.token)')")
        }
        guard let key = SecretBytes(hex: row.key) else {
            throw TokenError(.badVendingKey, "the device's OpenPAYGO key is damaged")
        }
        let format = OpenPAYGO.Format(isRestricted: row.isRestricted, isExtended: row.isExtended)
        return (try OpenPAYGO(key: key, start: row.start, format: format), row)
    }

    private static func units(_ days: Int, _ row: PaygoParameters) throws -> Int64 {
        guard (0...100_000).contains(days) else { throw TokenError(.badValue, "days must be 0 to 100000, not \(days)") }
        return Int64(days) * Int64(row.divider)
    }
}
