import Domain

/// A machine-readable request for tokens: one JSON object.
package struct TokenRequest: Codable, Sendable {
    package struct NewKey: Codable, Sendable {
        package var vendingKey: String?
        package var decoderKey: String?
        package var dkga: Int?
        package var ea: Int?
        package var pan: String?
        package var sgc: String?
        package var ti: Int?
        package var krn: Int?
        package var kt: Int?
        package var baseDate: Int?
        package var ken: Int?
        package var tables: String?
    }

    package var vendingKey: String?
    package var decoderKey: String?
    package var dkga: Int?
    package var ea: Int?
    package var pan: String?
    package var sgc: String?
    package var ti: Int?
    package var krn: Int?
    package var kt: Int?
    package var baseDate: Int?
    package var ken: Int?
    package var tables: String?
    package var type: String?
    package var subclass: Int?
    package var control: UInt64?
    package var mfr: UInt64?
    package var field: Int?
    package var se: Int?
    package var tid: Int64?
    package var utility: String?
    package var amount: String?
    package var value: Int64?
    package var issuedAt: String?
    package var rnd: Int?
    package var new: NewKey?
    package var ro: Int?
    package var three: Int?

    package init() {}

    var oldKey: NewKey {
        NewKey(
            vendingKey: vendingKey, decoderKey: decoderKey, dkga: dkga, ea: ea, pan: pan, sgc: sgc, ti: ti,
            krn: krn,
            kt: kt, baseDate: baseDate, ken: ken, tables: tables)
    }
}

extension TokenRequest {
    /// Makes the requested tokens. `random` supplies RND if the request has none.
    ///
    /// - Throws: `TokenError` if a field is missing or invalid, or the token cannot be made.
    package func tokens(random: inout some RandomNumberGenerator) throws -> [String] {
        guard let type else { throw TokenError(.badRequest, "'type' is missing") }
        if type == "display" {
            return [
                try STSDisplay.token(
                    subclass: subclass ?? 0, control: try required(control, "control"), manufacturer: mfr ?? 0)
            ]
        }
        let key = try oldKey.meterKey()
        let vending = try STSVending(key: key, tables: try oldKey.ea07Tables())
        if type == "key_change" {
            guard let new else { throw TokenError(.badRequest, "'new' is missing; it must be the new key") }
            return try vending.keyChange(
                to: try new.meterKey(), rollOver: ro == 1, threeTokens: three == 1, at: try moment(optional: true))
        }
        let identifier = try identifier(for: key)
        guard rnd == nil || (0...15).contains(rnd ?? 0) else { throw TokenError(.badValue, "'rnd' must be 0 to 15") }
        let nibble = rnd.map(UInt8.init) ?? UInt8.random(in: 0...15, using: &random)
        return [try vending.token(try token(type), identifier: identifier, random: nibble)]
    }

    /// The token to make.
    private func token(_ type: String) throws -> STSToken {
        func number(_ range: ClosedRange<Int64>) throws -> Int64 {
            let number = try required(value ?? field.map(Int64.init), "value")
            guard range.contains(number) else {
                throw TokenError(.badValue, "'value' must be \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        let watts: ClosedRange<Int64> = 0...TransferAmount.largest
        let word: ClosedRange<Int64> = 0...0xffff
        switch type {
        case "credit": return .credit(try utilityValue(), units: try units())
        case "currency": return .currency(try utilityValue(), hundredThousandths: try hundredThousandths())
        case "clear_credit": return .clearCredit(register: UInt16(try number(word)))
        case "clear_tamper": return .clearTamper
        case "max_power": return .maximumPower(try number(watts))
        case "phase_unbalance": return .phaseUnbalance(try number(watts))
        case "tariff_rate": return .tariffRate(UInt16(try number(word)))
        case "water_factor": return .waterFactor(UInt16(try number(word)))
        case "extended": return .extended(UInt16(try number(word)))
        default: throw TokenError(.badRequest, "unknown type '\(type)'")
        }
    }

    private func utilityValue() throws -> STSToken.Utility {
        guard let utility else { return .electricity }
        guard let found = STSToken.Utility.allCases.first(where: { $0.name == utility }) else {
            throw TokenError(.badRequest, "'utility' must be electricity, water, gas or time, not '\(utility)'")
        }
        return found
    }

    private func units() throws -> Int64 {
        if let field {
            guard (0...0xffff).contains(field) else { throw TokenError(.badValue, "'field' must be 0 to 65535") }
            return TransferAmount.units(of: UInt16(field))
        }
        let text = try required(amount, "amount")
        guard let decimal = DecimalText(text) else { throw TokenError(.badAmount, "'amount' must be a decimal number") }
        guard let units = decimal.scaled(to: 1) else {
            throw TokenError(.badAmount, "'amount' must be a multiple of 0.1 units, and not too large")
        }
        return units
    }

    private func hundredThousandths() throws -> Int128 {
        if let field {
            guard (0...0xffff).contains(field), (0...15).contains(se ?? 0) else {
                throw TokenError(.badValue, "'field' must be 0 to 65535 and 'se' 0 to 15")
            }
            return TransferAmount.hundredThousandths(nibble: UInt8(se ?? 0), field: UInt16(field))
        }
        let text = try required(amount, "amount")
        guard let decimal = DecimalText(text), decimal.decimals.count <= 5,
            let magnitude = Int128(
                decimal.whole + decimal.decimals + String(repeating: "0", count: 5 - decimal.decimals.count)),
            decimal.whole.count <= 30
        else { throw TokenError(.badAmount, "'amount' must be a decimal number with at most 5 decimals") }
        return decimal.isNegative ? -magnitude : magnitude
    }

    private func identifier(for key: MeterKey) throws -> TokenIdentifier {
        if let tid {
            guard let identifier = TokenIdentifier(tid) else {
                throw TokenError(.identifierOutOfRange, "'tid' must be 0 to 16777215")
            }
            return identifier
        }
        guard let moment = try moment(optional: false) else {
            throw TokenError(.badRequest, "'issued_at' is missing")
        }
        return try TokenIdentifier.next(at: try key.fields.baseDate.identifier(at: moment), after: nil)
    }

    private func moment(optional: Bool) throws -> Timestamp? {
        guard let issuedAt else {
            if optional { return nil }
            throw TokenError(.badRequest, "'issued_at' is missing")
        }
        guard let time = WallTime(issuedAt), let minute = time.minute else {
            throw TokenError(.badRequest, "'issued_at' must be YYYY-MM-DDTHH:MM, not '\(issuedAt)'")
        }
        return Timestamp(seconds: Int64(time.date.daysSince1970) * 86_400 + Int64(minute) * 60)
    }

    private func required<Value>(_ value: Value?, _ name: String) throws -> Value {
        guard let value else { throw TokenError(.badRequest, "'\(name)' is missing") }
        return value
    }
}

extension TokenRequest.NewKey {
    /// The meter key: derived from a vending key, or given directly.
    func meterKey() throws -> MeterKey {
        let algorithm = try encryptionAlgorithm()
        if let decoderKey {
            guard let bytes = SecretBytes(hex: decoderKey), bytes.count == algorithm.keyLength else {
                throw TokenError(
                    .badVendingKey, "'decoder_key' must be \(algorithm.keyLength) bytes in hexadecimal digits")
            }
            guard (0...255).contains(ken ?? 255) else { throw TokenError(.badKeyExpiry, "'ken' must be 0 to 255") }
            let fields = try keyFields(meter: pan ?? "600727000000000009", supplyGroup: sgc ?? "000000")
            return MeterKey(fields: fields, algorithm: algorithm, expiry: ken ?? 255, bytes: bytes)
        }
        guard let vendingKey else { throw TokenError(.badRequest, "'vending_key' is missing") }
        guard let bytes = SecretBytes(hex: vendingKey) else {
            throw TokenError(.badVendingKey, "'vending_key' must be hexadecimal digits")
        }
        guard let dkga, let derivation = VendingKey.Derivation(rawValue: dkga) else {
            throw TokenError(.badAlgorithm, "'dkga' must be 2 or 4")
        }
        guard let pan else { throw TokenError(.badMeterNumber, "'pan' is missing") }
        guard let sgc else { throw TokenError(.badSupplyGroup, "'sgc' is missing") }
        let key = try VendingKey(derivation: derivation, algorithm: algorithm, expiry: ken ?? 255, bytes: bytes)
        return try key.meterKey(for: try keyFields(meter: pan, supplyGroup: sgc))
    }

    func ea07Tables() throws(TokenError) -> EA07Tables? {
        switch tables {
        case nil: nil
        case "sample": EA07Tables.sample
        case .some(let path): try EA07Tables(file: path)
        }
    }

    private func encryptionAlgorithm() throws(TokenError) -> EncryptionAlgorithm {
        guard let ea, let algorithm = EncryptionAlgorithm(rawValue: ea) else {
            throw TokenError(.badAlgorithm, "'ea' must be 7 or 11")
        }
        return algorithm
    }

    private func keyFields(meter: String, supplyGroup: String) throws(TokenError) -> MeterKeyFields {
        guard let baseDate = BaseDate(rawValue: baseDate ?? 2014) else {
            throw TokenError(.badBaseDate, "'base_date' must be 1993, 2014 or 2035")
        }
        return try MeterKeyFields(
            meter: meter, supplyGroup: supplyGroup, tariffIndex: ti ?? 1, keyRevision: krn ?? 1, keyType: kt ?? 2,
            baseDate: baseDate)
    }
}
