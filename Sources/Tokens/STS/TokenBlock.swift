/// The 66 bits of an STS token: two class bits, 48 data bits and their CRC (IEC 62055-41, 6.2 and 6.3).
package struct TokenBlock: Hashable, Sendable {
    /// 0 credit, 1 test and display, 2 management.
    package let tokenClass: UInt8
    /// A sub-class of 4 bits, and 44 bits that depend on it.
    package let data: UInt64

    package var subclass: Int { Int(data >> 44) & 0xf }

    package init(tokenClass: UInt8, data: UInt64) {
        self.tokenClass = tokenClass
        self.data = data & 0xffff_ffff_ffff
    }

    /// Builds a block from class, sub-class, 4 bits, TID and 16 bits: the form of credit and most management tokens.
    package init(tokenClass: UInt8, subclass: Int, nibble: UInt8, identifier: TokenIdentifier, value: UInt16) {
        self.init(
            tokenClass: tokenClass,
            data: UInt64(subclass & 0xf) << 44 | UInt64(nibble & 0xf) << 40 | UInt64(identifier.minutes) << 16
                | UInt64(value))
    }

    /// RND or S&E.
    package var nibble: UInt8 { UInt8(data >> 40 & 0xf) }
    package var identifier: TokenIdentifier? { TokenIdentifier(Int64(data >> 16 & 0xff_ffff)) }
    package var value: UInt16 { UInt16(truncatingIfNeeded: data) }

    /// Currency credit, whose CRC covers an additional byte.
    var isCurrency: Bool { tokenClass == 0 && (4...7).contains(subclass) }

    /// The MODBUS CRC (reflected polynomial A001, initial value FFFF) with its two bytes swapped.
    var crc: UInt16 {
        var bytes = [tokenClass & 3]
        for shift in stride(from: 40, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: data >> UInt64(shift)))
        }
        if isCurrency { bytes.append(1) }
        var crc: UInt16 = 0xffff
        for byte in bytes {
            crc ^= UInt16(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xa001 : crc >> 1 }
        }
        return crc.byteSwapped
    }

    /// The 20 digits, encrypted unless the class is 1.
    package func digits(_ cipher: (any BlockCipher)?) -> String {
        let plain = data << 16 | UInt64(crc)
        let block = tokenClass == 1 ? plain : cipher?.encrypt(plain) ?? plain
        let moved = block >> 27 & 3
        let low = block & ~(3 << 27) | UInt64(tokenClass & 3) << 27
        let digits = String(UInt128(moved) << 64 | UInt128(low))
        return String(repeating: "0", count: 20 - digits.count) + digits
    }

    /// Decodes 20 digits, with optional spaces and dashes.
    ///
    /// - Throws: `TokenError` if the digits are not a token, the key is missing, or the check sum is wrong.
    package init(digits text: String, cipher: (any BlockCipher)?) throws(TokenError) {
        let digits = text.filter { $0 != " " && $0 != "-" }
        guard digits.utf8.count == 20, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = UInt128(digits), number < UInt128(1) << 66
        else { throw TokenError(.badToken, "a token must be 20 digits and below 2^66") }
        let low = UInt64(truncatingIfNeeded: number)
        let tokenClass = UInt8(low >> 27 & 3)
        let block = low & ~(3 << 27) | UInt64(number >> 64) << 27
        let plain: UInt64
        if tokenClass == 1 {
            plain = block
        } else {
            guard let cipher else {
                throw TokenError(.badRequest, "this token is encrypted; the meter's key is needed")
            }
            plain = cipher.decrypt(block)
        }
        self.init(tokenClass: tokenClass, data: plain >> 16)
        guard crc == UInt16(truncatingIfNeeded: plain) else {
            throw TokenError(
                .wrongKey, "the check sum is wrong: the token is for another meter or key, or was mistyped")
        }
    }
}
