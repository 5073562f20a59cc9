/// The key of one meter ("decoder key"): for that meter it is as secret as a vending key.
package struct MeterKey: Sendable {
    package let fields: MeterKeyFields
    package let algorithm: EncryptionAlgorithm
    /// KEN of the vending key.
    package let expiry: Int
    let bytes: SecretBytes

    package init(fields: MeterKeyFields, algorithm: EncryptionAlgorithm, expiry: Int, bytes: SecretBytes) {
        self.fields = fields
        self.algorithm = algorithm
        self.expiry = expiry
        self.bytes = bytes
    }

    /// The cipher under this key. EA07 needs the substitution tables.
    func cipher(_ tables: EA07Tables?) throws(TokenError) -> any BlockCipher {
        try algorithm.cipher(key: bytes, tables: tables)
    }

    /// Checks that a token identifier is not after the key's expiry.
    func checkExpiry(_ identifier: TokenIdentifier) throws(TokenError) {
        guard identifier.minutes >> 16 <= expiry else {
            throw TokenError(.keyExpired, "the vending key has expired (KEN \(expiry))")
        }
    }
}
