/// A salted hash of a PIN. It is slow to compute, because there are few possible PINs and an attacker could try them
/// all.
package enum PINHash {
    /// A random salt of 16 bytes.
    package static func salt() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// The 32-byte scrypt hash of a PIN.
    ///
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    package static func make(of pin: String, salt: [UInt8]) throws -> [UInt8] {
        try LibCrypto.scrypt(secret: Array(pin.utf8), salt: salt, cost: 1 << 14, count: 32)
    }
}
