/// A salted hash by which a PIN is known again. It takes long to compute: there are few PINs, and each can be tried.
package enum PINHash {
    package static func salt() -> [UInt8] {
        var random = SystemRandomNumberGenerator()
        return (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    package static func make(of pin: String, salt: [UInt8]) throws -> [UInt8] {
        try LibCrypto.scrypt(secret: Array(pin.utf8), salt: salt, cost: 1 << 14, count: 32)
    }
}
