import Domain

/// Makes tokens for one meter, and decodes each one again before returning it.
package struct STSVending: Sendable {
    private let key: MeterKey
    private let cipher: any BlockCipher

    /// - Throws: `TokenError` if the key has the wrong length or EA07 has no tables.
    package init(key: MeterKey, tables: EA07Tables?) throws(TokenError) {
        self.key = key
        cipher = try key.cipher(tables)
    }

    /// Makes one token. `random` is the 4-bit RND.
    ///
    /// - Throws: `TokenError` if the key has expired, the amount is invalid, or the token does not decode correctly.
    package func token(_ token: STSToken, identifier: TokenIdentifier, random: UInt8) throws(TokenError) -> String {
        try key.checkExpiry(identifier)
        let block = try token.block(identifier: identifier, random: random)
        let digits = block.digits(cipher)
        let readBack = try TokenBlock(digits: digits, cipher: cipher)
        guard readBack == block, readBack.identifier == identifier, STSToken(readBack) == STSToken(block) else {
            throw TokenError(.selfCheckFailed, "a token did not decode to the requested content and was withheld")
        }
        return digits
    }

    /// Decodes a token of this meter.
    ///
    /// - Throws: `TokenError` if the digits are not a token or the check sum is wrong.
    package func decode(_ digits: String) throws(TokenError) -> TokenBlock {
        try TokenBlock(digits: digits, cipher: cipher)
    }

    /// The set of 2, 3 or 4 tokens that change the meter's key to `new`, in the order of typing them in.
    ///
    /// `rollOver` clears the meter's memory of token identifiers, as a new base date requires. `threeTokens` adds the
    /// supply group code to a set for EA07. The current key may have expired, the new one may not.
    ///
    /// - Throws: `TokenError` if the keys differ in algorithm or meter number, or the new key has expired.
    package func keyChange(to new: MeterKey, rollOver: Bool, threeTokens: Bool, at moment: Timestamp? = nil)
        throws(TokenError) -> [String]
    {
        guard new.algorithm.keyLength == key.algorithm.keyLength else {
            throw TokenError(.badAlgorithm, "a key change cannot change the encryption algorithm")
        }
        guard new.fields.pan == key.fields.pan else {
            throw TokenError(.badMeterNumber, "a key change cannot change the meter number")
        }
        if let moment, let identifier = try? new.fields.baseDate.identifier(at: moment) {
            try new.checkExpiry(identifier)
        }
        let fields = new.fields
        let words = new.bytes.withBytes { bytes in
            stride(from: 0, to: bytes.count, by: 4).map { start in
                bytes[start..<(start + 4)].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            }
        }
        let group = UInt64(fields.supplyGroup) ?? 0
        let isLong = words.count == 4
        let first =
            UInt64(3) << 44 | UInt64(new.expiry >> 4) << 40 | UInt64(fields.keyRevision) << 36
            | (rollOver ? 1 : 0) << 35 | (threeTokens && !isLong ? 1 : 0) << 34 | UInt64(fields.keyType) << 32
            | words[0]
        let second =
            UInt64(4) << 44 | UInt64(new.expiry & 0xf) << 40 | UInt64(fields.tariffIndex) << 32
            | words[isLong ? 3 : 1]
        var data = [first, second]
        if isLong {
            data.append(UInt64(8) << 44 | (group & 0xfff) << 32 | words[1])
            data.append(UInt64(9) << 44 | (group >> 12) << 32 | words[2])
        } else if threeTokens {
            data.append(UInt64(8) << 44 | group << 20)
        }
        var tokens: [String] = []
        for data in data {
            let block = TokenBlock(tokenClass: 2, data: data)
            let digits = block.digits(cipher)
            guard try TokenBlock(digits: digits, cipher: cipher) == block else {
                throw TokenError(.selfCheckFailed, "a key change token did not decode to the requested content")
            }
            tokens.append(digits)
        }
        return tokens
    }
}
