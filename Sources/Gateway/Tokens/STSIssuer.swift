import Domain
import NIOConcurrencyHelpers
import Tokens

/// Issues STS tokens for registered meters with the loaded vending keys.
package struct STSIssuer: Sendable {
    typealias Issue = TokenIssuer.Issue

    let keys: VendingKeyFile
    let tables: EA07Tables?
    let random: NIOLockedValueBox<any RandomNumberGenerator & Sendable>

    /// The loaded key that a meter's parameters name; `nil` if it is not loaded.
    package func entry(for row: MeterKeyParameters) -> VendingKeyFile.Entry? {
        keys.entries[.init(supplyGroup: row.supplyGroup, keyRevision: row.keyRevision, keyType: row.keyType)]
    }

    /// A meter's parameters with the algorithm and base date of the loaded key of that name.
    package func asLoaded(_ row: MeterKeyParameters) -> MeterKeyParameters {
        guard let entry = entry(for: row) else { return row }
        var row = row
        row.algorithm = entry.key.algorithm.rawValue
        row.baseDate = entry.baseDate.rawValue
        return row
    }

    /// The loaded key if there is exactly one, used when an import row names none.
    package var onlyKey: (name: VendingKeyFile.Name, entry: VendingKeyFile.Entry)? {
        keys.entries.count == 1 ? keys.entries.first.map { ($0.key, $0.value) } : nil
    }

    /// The names and check values of the loaded keys. Operators may see them.
    /// - Throws: `TokenError` if a check value cannot be computed.
    package func keyCheckValues() throws -> [(name: VendingKeyFile.Name, value: String)] {
        try keys.entries.sorted { ($0.key.supplyGroup, $0.key.keyRevision) < ($1.key.supplyGroup, $1.key.keyRevision) }
            .map { ($0.key, try $0.value.key.checkValue()) }
    }

    /// Issues a credit token and decodes it again, to ensure that it is worth no less than was paid for.
    func credit(_ energy: Energy, for device: Device, at now: Timestamp) throws -> Issue {
        let (issue, vending) = try token(.credit(.electricity, units: energy.tenths), for: device, at: now)
        guard case .credit(.electricity, let units)? = STSToken(try vending.decode(issue.digits)),
            units >= energy.tenths
        else {
            throw TokenError(.selfCheckFailed, "a token did not decode to the units paid for, and was withheld")
        }
        return issue
    }

    /// Issues a management token for a meter.
    func management(_ token: STSToken, for device: Device, at now: Timestamp) throws -> Issue {
        try self.token(token, for: device, at: now).issue
    }

    private func token(_ token: STSToken, for device: Device, at now: Timestamp) throws -> (
        issue: Issue, vending: STSVending
    ) {
        let (row, entry) = try key(of: device)
        let vending = try STSVending(key: try meterKey(row, entry, of: device), tables: tables)
        let identifier = try TokenIdentifier.next(
            at: try entry.baseDate.identifier(at: now), after: device.lastIdentifier.flatMap { TokenIdentifier($0) })
        let nibble = random.withLockedValue { UInt8.random(in: 0...15, using: &$0) }
        let digits = try vending.token(token, identifier: identifier, random: nibble)
        return (
            Issue(digits: digits, identifier: identifier.minutes, baseDate: entry.baseDate.rawValue), vending
        )
    }

    /// Issues the tokens that change a meter's key to `new`. They have no TID. With a new base date they clear the TIDs
    /// stored in the meter, because TIDs of the new base date start lower.
    func keyChange(_ device: Device, to new: MeterKeyParameters, at now: Timestamp) throws -> [String] {
        let (row, entry) = try key(of: device)
        guard row != new else { throw TokenError(.badRequest, "the meter already has this key") }
        guard let newEntry = self.entry(for: new) else { throw Self.notLoaded(new) }
        guard newEntry.key.algorithm.rawValue == new.algorithm, newEntry.baseDate.rawValue == new.baseDate else {
            throw TokenError(
                .badAlgorithm, "the new key's ea or base date differs from that of the loaded vending key")
        }
        let vending = try STSVending(key: try meterKey(row, entry, of: device), tables: tables)
        return try vending.keyChange(
            to: try meterKey(new, newEntry, of: device), rollOver: row.baseDate != new.baseDate,
            threeTokens: row.supplyGroup != new.supplyGroup, at: now)
    }

    private func key(of device: Device) throws -> (MeterKeyParameters, VendingKeyFile.Entry) {
        guard device.token == "sts", let row = device.meterKey else {
            throw TokenError(.badRequest, "the device is not an STS meter (its token is '\(device.token)')")
        }
        guard let entry = entry(for: row) else { throw Self.notLoaded(row) }
        guard entry.key.algorithm.rawValue == row.algorithm, entry.baseDate.rawValue == row.baseDate else {
            throw TokenError(.badAlgorithm, "the meter's ea or base date differs from its vending key's")
        }
        return (row, entry)
    }

    private func meterKey(_ row: MeterKeyParameters, _ entry: VendingKeyFile.Entry, of device: Device) throws
        -> MeterKey
    {
        let fields = try MeterKeyFields(
            meter: device.serial.text, supplyGroup: row.supplyGroup, tariffIndex: row.tariffIndex,
            keyRevision: row.keyRevision, keyType: row.keyType, baseDate: entry.baseDate)
        return try entry.key.meterKey(for: fields)
    }

    private static func notLoaded(_ row: MeterKeyParameters) -> TokenError {
        TokenError(
            .badVendingKey,
            "the vending key for sgc \(row.supplyGroup), krn \(row.keyRevision), kt \(row.keyType) is not loaded")
    }
}
