/// EA07, the standard transfer algorithm of IEC 62055-41: 16 rounds of nibble substitution and bit permutation.
struct EA07: BlockCipher {
    private let key: SecretBytes
    private let tables: EA07Tables
    private let inverse: EA07Tables?

    init(key: SecretBytes, tables: EA07Tables) {
        self.key = key
        self.tables = tables
        inverse = try? EA07Tables(
            s1: Self.inverted(tables.s1), s2: Self.inverted(tables.s2), permutation: Self.inverted(tables.permutation))
    }

    func encrypt(_ block: UInt64) -> UInt64 {
        var block = block
        for round in 0..<16 {
            block = Self.substitute(block, tables, choosingBy: roundKey(round))
            block = Self.permute(block, tables.permutation)
        }
        return block
    }

    func decrypt(_ block: UInt64) -> UInt64 {
        // The inverse of a permutation is a permutation, so there always are inverse tables.
        guard let inverse else { return 0 }
        var block = block
        for round in (0..<16).reversed() {
            block = Self.permute(block, inverse.permutation)
            block = Self.substitute(block, inverse, choosingBy: roundKey(round))
        }
        return block
    }

    /// The key's complement, rotated right by 12, and left by one for each round.
    private func roundKey(_ round: Int) -> UInt64 {
        let start = key.withBytes { bytes in ~bytes.reduce(UInt64(0)) { $0 << 8 | UInt64($1) } }
        let turn = (52 + round) % 64
        return start << UInt64(turn) | start >> UInt64(64 - turn)
    }

    private static func substitute(_ block: UInt64, _ tables: EA07Tables, choosingBy key: UInt64) -> UInt64 {
        var result: UInt64 = 0
        for nibble in 0..<16 {
            let shift = UInt64(4 * nibble)
            let value = Int(block >> shift & 0xf)
            let table = key >> (shift + 3) & 1 == 0 ? tables.s1 : tables.s2
            result |= UInt64(table[value]) << shift
        }
        return result
    }

    private static func permute(_ block: UInt64, _ permutation: [UInt8]) -> UInt64 {
        var result: UInt64 = 0
        for (from, to) in permutation.enumerated() {
            result |= (block >> UInt64(from) & 1) << UInt64(to)
        }
        return result
    }

    private static func inverted(_ table: [UInt8]) -> [UInt8] {
        var inverse = table
        for (from, to) in table.enumerated() { inverse[Int(to)] = UInt8(from) }
        return inverse
    }
}
