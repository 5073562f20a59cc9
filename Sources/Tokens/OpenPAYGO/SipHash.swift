import COpenSSL

/// SipHash-2-4 with a 64-bit result under one key, for the long hash chains of OpenPAYGO.
final class SipHash {
    private let context: OpaquePointer
    private let key: [UInt8]

    init(key: [UInt8]) throws(TokenError) {
        guard key.count == 16 else { throw TokenError(.badVendingKey, "an OpenPAYGO key has 16 bytes") }
        guard let algorithm = EVP_MAC_fetch(nil, "SIPHASH", nil) else { throw Self.failure }
        defer { EVP_MAC_free(algorithm) }
        guard let context = EVP_MAC_CTX_new(algorithm) else { throw Self.failure }
        self.context = context
        self.key = key
        var size = 8
        // The parameter holds the address of the name, so both must live until it is read.
        let isSet = withUnsafeMutablePointer(to: &size) { size in
            "size".withCString { name in
                var parameters = [OSSL_PARAM_construct_size_t(name, size), OSSL_PARAM_construct_end()]
                return EVP_MAC_CTX_set_params(context, &parameters) == 1
            }
        }
        guard isSet else { throw Self.failure }
    }

    deinit { EVP_MAC_CTX_free(context) }

    /// The hash of a message; its eight bytes are in little-endian order, as in the reference.
    func hash(_ message: [UInt8]) throws(TokenError) -> UInt64 {
        var digest = [UInt8](repeating: 0, count: 8)
        var length = 0
        guard EVP_MAC_init(context, key, key.count, nil) == 1,
            EVP_MAC_update(context, message, message.count) == 1,
            EVP_MAC_final(context, &digest, &length, digest.count) == 1, length == 8
        else { throw Self.failure }
        return digest.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    private static let failure = TokenError(.cryptography, "OpenSSL could not compute SipHash")
}
