import Domain
import NIOConcurrencyHelpers
import Store
import Tokens

/// Makes the tokens of registered meters with the keys that were loaded.
package struct TokenIssuer: Sendable {
    package struct Issue: Sendable, Hashable {
        package let digits: String
        /// The TID, minutes since the meter's base date.
        package let identifier: Int64
    }

    private let keys: VendingKeyFile
    private let tables: EA07Tables?
    private let random: NIOLockedValueBox<any RandomNumberGenerator & Sendable>

    package init(
        keys: VendingKeyFile, tables: EA07Tables?,
        random: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) {
        self.keys = keys
        self.tables = tables
        self.random = NIOLockedValueBox(random)
    }

    /// The key that a meter's row names; `nil` when it is not loaded.
    package func entry(for row: MeterKeyRow) -> VendingKeyFile.Entry? {
        keys.entries[.init(supplyGroup: row.supplyGroup, keyRevision: row.keyRevision, keyType: row.keyType)]
    }

    /// The only key there is, for rows that need not name one.
    package var onlyKey: (name: VendingKeyFile.Name, entry: VendingKeyFile.Entry)? {
        keys.entries.count == 1 ? keys.entries.first.map { ($0.key, $0.value) } : nil
    }

    /// What operators may see of the loaded keys: their names and check values.
    package func keyCheckValues() throws -> [(name: VendingKeyFile.Name, value: String)] {
        try keys.entries.sorted { ($0.key.supplyGroup, $0.key.keyRevision) < ($1.key.supplyGroup, $1.key.keyRevision) }
            .map { ($0.key, try $0.value.key.checkValue()) }
    }

    /// A credit token with an identifier that this meter never had. The caller stores both in one transaction.
    ///
    /// `lastIssue` is when the gateway made its last token: a clock that stands more than an hour before it is wrong, and a
    /// wrong clock must not sell.
    package func issue(_ energy: Energy, for device: Device, at now: Timestamp, lastIssue: Timestamp?) throws -> Issue {
        if let lastIssue, now < lastIssue.adding(.seconds(-3_600)) {
            throw TokenError(
                .implausibleClock, "the clock stands more than an hour before the last token that was made")
        }
        guard device.token == "sts", let row = device.meterKey else {
            throw TokenError(.badRequest, "the device is no STS meter (its token is '\(device.token)')")
        }
        guard let entry = entry(for: row) else {
            throw TokenError(
                .badVendingKey,
                "the vending key of sgc \(row.supplyGroup), krn \(row.keyRevision), kt \(row.keyType) is not loaded")
        }
        guard entry.key.algorithm.rawValue == row.algorithm, entry.baseDate.rawValue == row.baseDate else {
            throw TokenError(.badAlgorithm, "the meter's ea or base date differs from its vending key's")
        }
        let fields = try MeterKeyFields(
            meter: device.serial.text, supplyGroup: row.supplyGroup, tariffIndex: row.tariffIndex,
            keyRevision: row.keyRevision,
            keyType: row.keyType, baseDate: entry.baseDate)
        let vending = try STSVending(key: try entry.key.meterKey(for: fields), tables: tables)
        let identifier = try TokenIdentifier.next(
            at: try entry.baseDate.identifier(at: now), after: device.lastIdentifier.flatMap { TokenIdentifier($0) })
        let nibble = random.withLockedValue { UInt8.random(in: 0...15, using: &$0) }
        let digits = try vending.token(
            .credit(.electricity, units: energy.tenths), identifier: identifier, random: nibble)
        // Read back once more, for what it is worth: never less than was paid for.
        guard case .credit(.electricity, let units)? = STSToken(try vending.decode(digits)), units >= energy.tenths
        else {
            throw TokenError(.selfCheckFailed, "a token did not decode to the units paid for, and was withheld")
        }
        return Issue(digits: digits, identifier: identifier.minutes)
    }
}
