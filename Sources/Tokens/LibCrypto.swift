import COpenSSL

/// The OpenSSL functions that the gateway uses.
package enum LibCrypto {
    /// SHA-256 (FIPS 180-4).
    ///
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    package static func sha256(_ message: [UInt8]) throws -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 32)
        var length = 0
        guard EVP_Q_digest(nil, "SHA256", nil, message, message.count, &digest, &length) == 1, length == digest.count
        else { throw TokenError(.cryptography, "OpenSSL could not compute a hash") }
        return digest
    }

    package enum Hash: String, Sendable {
        case sha256 = "SHA256"
        case sha512 = "SHA512"

        fileprivate var length: Int { self == .sha256 ? 32 : 64 }
    }

    /// HMAC-SHA-256 (RFC 2104).
    static func hmacSHA256(key: [UInt8], message: [UInt8]) throws -> [UInt8] {
        try hmac(.sha256, key: key, message: message)
    }

    /// HMAC (RFC 2104).
    ///
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    package static func hmac(_ hash: Hash, key: [UInt8], message: [UInt8]) throws -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: hash.length)
        var length = 0
        let done = EVP_Q_mac(
            nil, "HMAC", nil, hash.rawValue, nil, key, key.count, message, message.count, &digest, digest.count,
            &length)
        guard done != nil, length == digest.count else {
            throw TokenError(.cryptography, "OpenSSL could not compute an HMAC")
        }
        return digest
    }

    /// scrypt (RFC 7914) with r = 8 and p = 1; it uses `cost` KiB of memory.
    static func scrypt(secret: [UInt8], salt: [UInt8], cost: UInt64, count: Int) throws -> [UInt8] {
        var output = [UInt8](repeating: 0, count: count)
        let done = secret.withUnsafeBytes { secret in
            EVP_PBE_scrypt(
                secret.bindMemory(to: CChar.self).baseAddress, secret.count, salt, salt.count, cost, 8, 1,
                cost * 2_048, &output, output.count)
        }
        guard done == 1 else { throw TokenError(.cryptography, "OpenSSL could not compute scrypt") }
        return output
    }

    /// Single DES encryption of one 8-byte block.
    ///
    /// Single DES is in OpenSSL's legacy provider, a module that a minimal system may lack. Triple DES with the same
    /// key three times is the same function, and is in the default provider.
    static func desEncrypt(key: [UInt8], block: [UInt8]) throws -> [UInt8] {
        guard key.count == 8, block.count == 8 else {
            throw TokenError(.cryptography, "DES needs a key of 8 bytes and a block of 8 bytes")
        }
        let failure = TokenError(.cryptography, "OpenSSL could not compute DES")
        guard let cipher = EVP_CIPHER_fetch(nil, "DES-EDE3-ECB", nil) else { throw failure }
        defer { EVP_CIPHER_free(cipher) }
        guard let context = EVP_CIPHER_CTX_new() else { throw failure }
        defer { EVP_CIPHER_CTX_free(context) }
        let tripled = key + key + key
        var output = [UInt8](repeating: 0, count: 16)
        var written: Int32 = 0
        guard EVP_EncryptInit_ex2(context, cipher, tripled, nil, nil) == 1,
            EVP_CIPHER_CTX_set_padding(context, 0) == 1,
            EVP_EncryptUpdate(context, &output, &written, block, Int32(block.count)) == 1, written == 8
        else { throw failure }
        return Array(output.prefix(8))
    }
}
