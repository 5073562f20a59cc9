/// The machine-readable content of a token.
package struct TokenReading: Codable, Sendable, Hashable {
    package var `class`: Int
    package var subclass: Int
    package var type: String
    package var utility: String?
    package var amount: String?
    package var value: Int64?
    package var tid: Int64?
    package var rnd: Int?

    /// Decodes `digits` with the key given in the request.
    ///
    /// - Throws: `TokenError` if the request lacks a valid key or the digits are not a token of that key.
    package init(digits: String, request: TokenRequest) throws {
        let block: TokenBlock
        if request.type == "display" {
            block = try TokenBlock(digits: digits, cipher: nil)
        } else {
            let vending = try STSVending(key: try request.oldKey.meterKey(), tables: try request.oldKey.ea07Tables())
            block = try vending.decode(digits)
        }
        self.init(block)
    }

    package init(_ block: TokenBlock) {
        `class` = Int(block.tokenClass)
        subclass = block.subclass
        let token = STSToken(block)
        if token != nil {
            tid = block.identifier?.minutes
            rnd = block.isCurrency ? nil : Int(block.nibble)
        }
        switch token {
        case .credit(let utility, let units):
            type = "credit"
            self.utility = utility.name
            amount = "\(units / 10).\(units % 10)"
        case .currency(let utility, let hundredThousandths):
            type = "currency"
            self.utility = utility.name
            let digits = String(hundredThousandths.magnitude)
            let padded = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
            amount = (hundredThousandths < 0 ? "-" : "") + padded.dropLast(5) + "." + padded.suffix(5)
        case .maximumPower(let watts): (type, value) = ("max_power", watts)
        case .clearCredit(let register): (type, value) = ("clear_credit", Int64(register))
        case .tariffRate(let rate): (type, value) = ("tariff_rate", Int64(rate))
        case .clearTamper: type = "clear_tamper"
        case .phaseUnbalance(let watts): (type, value) = ("phase_unbalance", watts)
        case .waterFactor(let factor): (type, value) = ("water_factor", Int64(factor))
        case .extended(let bits): (type, value) = ("extended", Int64(bits))
        case nil:
            type =
                switch (block.tokenClass, block.subclass) {
                case (1, _): "display"
                case (2, 3), (2, 4), (2, 8), (2, 9): "key_change"
                default: "unknown"
                }
        }
    }
}
