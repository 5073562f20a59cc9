/// EA: the encryption algorithm of a meter's tokens.
package enum EncryptionAlgorithm: Int, Sendable, Hashable {
    /// The standard transfer algorithm, a 64-bit key, with tables that the STS Association gives to its members.
    case ea07 = 7
    /// MISTY1 (RFC 2994), a 128-bit key.
    case ea11 = 11

    /// The length of a key in bytes.
    package var keyLength: Int { self == .ea07 ? 8 : 16 }

    /// The cipher under a key. EA07 needs the substitution tables.
    ///
    /// - Throws: `TokenError` if the key has the wrong length or the tables are missing.
    package func cipher(key: SecretBytes, tables: EA07Tables?) throws(TokenError) -> any BlockCipher {
        guard key.count == keyLength else {
            throw TokenError(.badVendingKey, "a key for EA\(rawValue) must have \(keyLength) bytes, not \(key.count)")
        }
        switch self {
        case .ea07:
            guard let tables else {
                throw TokenError(.missingTables, "EA07 needs the operator's table file ([tokens.sts] ea07_tables)")
            }
            return EA07(key: key, tables: tables)
        case .ea11:
            return Misty1(key: key)
        }
    }
}
