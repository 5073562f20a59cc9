/// A utility's vending key, from which the keys of its meters are derived.
package struct VendingKey: Sendable {
    /// DKGA: the decoder key generation algorithm.
    package enum Derivation: Int, Sendable, Hashable {
        /// DES, 8-byte key.
        case dkga02 = 2
        /// HMAC-SHA-256, 20-byte key.
        case dkga04 = 4
    }

    package let derivation: Derivation
    package let algorithm: EncryptionAlgorithm
    /// KEN, 0...255: the highest value of a TID's top 8 bits; 255 never expires.
    package let expiry: Int
    private let bytes: SecretBytes

    /// - Throws: `TokenError` if the expiry, the pair of algorithms, the key length or the parity is invalid.
    package init(derivation: Derivation, algorithm: EncryptionAlgorithm, expiry: Int = 255, bytes: SecretBytes)
        throws(TokenError)
    {
        guard (0...255).contains(expiry) else {
            throw TokenError(.badKeyExpiry, "a key expiry number must be 0 to 255, not \(expiry)")
        }
        switch (derivation, algorithm) {
        case (.dkga02, .ea07), (.dkga04, .ea07), (.dkga04, .ea11): break
        case (.dkga02, .ea11):
            throw TokenError(.badAlgorithm, "DKGA02 supports only EA07")
        }
        let length = derivation == .dkga02 ? 8 : 20
        guard bytes.count == length else {
            throw TokenError(
                .badVendingKey,
                "a vending key for DKGA0\(derivation.rawValue) needs \(length) bytes, not \(bytes.count)")
        }
        // DES ignores the parity bits, but the last step of DKGA02 does not, and implementations differ on which bits
        // to use. With odd parity they all agree.
        if derivation == .dkga02, !bytes.withBytes({ $0.allSatisfy { $0.nonzeroBitCount % 2 == 1 } }) {
            throw TokenError(.badVendingKey, "each byte of a DKGA02 vending key must have odd parity")
        }
        self.derivation = derivation
        self.algorithm = algorithm
        self.expiry = expiry
        self.bytes = bytes
    }

    /// The key check value that operators may see: the first 3 bytes of HMAC-SHA-256(key, "kcv").
    ///
    /// - Throws: `TokenError` with code `cryptography` if OpenSSL fails.
    package func checkValue() throws -> String {
        try bytes.withBytes { bytes in
            Hexadecimal.text(try LibCrypto.hmacSHA256(key: bytes, message: Array("kcv".utf8)).prefix(3))
        }
    }

    /// Whether this key is printed in public test documents.
    package var isPublished: Bool {
        bytes.withBytes { Self.published.contains(Hexadecimal.text($0)) }
    }

    private static let published: Set<String> = [
        "abababababababab", "abababababababab949494949494949401234567",
    ]

    /// The supply groups of public test documents.
    package static let publishedSupplyGroups: Set<String> = ["123456", "123457", "201457"]

    /// Derives the key of one meter, for this key's algorithm.
    ///
    /// - Throws: `TokenError` if DKGA04 is used with a common key (KT 3), or OpenSSL fails.
    package func meterKey(for fields: MeterKeyFields) throws -> MeterKey {
        let key = try bytes.withBytes { bytes in
            switch derivation {
            case .dkga02: try Self.dkga02(bytes, fields)
            case .dkga04: try Self.dkga04(bytes, fields, algorithm)
            }
        }
        return MeterKey(fields: fields, algorithm: algorithm, expiry: expiry, bytes: SecretBytes(key))
    }

    private static func dkga02(_ key: [UInt8], _ fields: MeterKeyFields) throws -> [UInt8] {
        // The PAN without its first digit and its check digit; a common key (KT 3) is the same for all meters.
        var digits = String(fields.pan.dropFirst().dropLast())
        if fields.keyType == 3 {
            let prefix = fields.pan.hasPrefix("0000") ? 3 : 5
            digits = digits.prefix(prefix) + String(repeating: "0", count: 16 - prefix)
        }
        let control =
            "\(fields.keyType)\(fields.supplyGroup)\(twoDigits(fields.tariffIndex))\(fields.keyRevision)ffffff"
        guard let pan = Hexadecimal.bytes(digits), let control = Hexadecimal.bytes(control) else {
            throw TokenError(.badRequest, "the fields of the meter key are not digits")
        }
        let block = zip(pan, control).map { $0 ^ $1 }
        let encrypted = try LibCrypto.desEncrypt(key: key, block: block)
        return zip(zip(encrypted, block), key).map { $0.0 ^ $0.1 ^ $1 }
    }

    /// The feedback-mode KDF of NIST SP 800-108, one block, no IV, no counter.
    private static func dkga04(_ key: [UInt8], _ fields: MeterKeyFields, _ algorithm: EncryptionAlgorithm) throws
        -> [UInt8]
    {
        guard fields.keyType != 3 else {
            throw TokenError(.badKeyType, "DKGA04 is not defined for common keys (KT 3)")
        }
        func field(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }
        let baseDate = String(String(fields.baseDate.rawValue).suffix(2))
        let labels =
            [4] + field("04") + field(baseDate) + field(twoDigits(algorithm.rawValue))
            + field(twoDigits(fields.tariffIndex))
        let context =
            [4] + field(fields.supplyGroup) + field("\(fields.keyType)") + field("\(fields.keyRevision)")
            + field(fields.pan)
        let bits: [UInt8] = [0, 0, 0, UInt8(algorithm.keyLength * 8)]
        let digest = try LibCrypto.hmacSHA256(key: key, message: labels + [0] + context + bits)
        return Array(digest.prefix(algorithm.keyLength))
    }

    private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
