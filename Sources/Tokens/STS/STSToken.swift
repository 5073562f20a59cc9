/// The content of an STS token.
package enum STSToken: Hashable, Sendable {
    package enum Utility: Int, Sendable, Hashable, CaseIterable {
        case electricity, water, gas, time

        package var name: String { String(describing: self) }
    }

    /// Credit in 0.1 kWh, 0.1 m3 or 0.1 minutes.
    case credit(Utility, units: Int64)
    /// Credit in 10^-5 of the base currency.
    case currency(Utility, hundredThousandths: Int128)
    /// Watts.
    case maximumPower(Int64)
    /// 0...3 is one register, 4...7 the same for currency, FFFF all.
    case clearCredit(register: UInt16)
    case tariffRate(UInt16)
    case clearTamper
    /// Watts.
    case phaseUnbalance(Int64)
    case waterFactor(UInt16)
    /// STS 202-5; the inner fields of the value are not interpreted.
    case extended(UInt16)

    /// The block to encrypt. `random` fills RND; it is ignored for currency, where the nibble is the sign and exponent.
    func block(identifier: TokenIdentifier, random: UInt8) throws(TokenError) -> TokenBlock {
        func management(_ subclass: Int, _ value: UInt16) -> TokenBlock {
            TokenBlock(tokenClass: 2, subclass: subclass, nibble: random, identifier: identifier, value: value)
        }
        switch self {
        case .credit(let utility, let units):
            guard units > 0 else { throw TokenError(.badAmount, "the amount of a credit token must be above 0") }
            return TokenBlock(
                tokenClass: 0, subclass: utility.rawValue, nibble: random, identifier: identifier,
                value: try TransferAmount.field(for: units))
        case .currency(let utility, let amount):
            guard amount != 0 else { throw TokenError(.badAmount, "the amount of a credit token must be above 0") }
            let (nibble, field) = try TransferAmount.currencyField(for: amount)
            return TokenBlock(
                tokenClass: 0, subclass: 4 + utility.rawValue, nibble: nibble, identifier: identifier, value: field)
        case .maximumPower(let watts): return management(0, try TransferAmount.field(for: watts))
        case .clearCredit(let register): return management(1, register)
        case .tariffRate(let rate): return management(2, rate)
        case .clearTamper: return management(5, 0)
        case .phaseUnbalance(let watts): return management(6, try TransferAmount.field(for: watts))
        case .waterFactor(let factor): return management(7, factor)
        case .extended(let value): return management(10, value)
        }
    }

    /// The content of a decrypted block; `nil` for classes of another form (tests, key changes, vendor-specific ones).
    package init?(_ block: TokenBlock) {
        switch (block.tokenClass, block.subclass) {
        case (0, 0...3):
            guard let utility = Utility(rawValue: block.subclass) else { return nil }
            self = .credit(utility, units: TransferAmount.units(of: block.value))
        case (0, 4...7):
            guard let utility = Utility(rawValue: block.subclass - 4) else { return nil }
            self = .currency(
                utility,
                hundredThousandths: TransferAmount.hundredThousandths(nibble: block.nibble, field: block.value))
        case (2, 0): self = .maximumPower(TransferAmount.units(of: block.value))
        case (2, 1): self = .clearCredit(register: block.value)
        case (2, 2): self = .tariffRate(block.value)
        case (2, 5): self = .clearTamper
        case (2, 6): self = .phaseUnbalance(TransferAmount.units(of: block.value))
        case (2, 7): self = .waterFactor(block.value)
        case (2, 10): self = .extended(block.value)
        default: return nil
        }
    }
}
