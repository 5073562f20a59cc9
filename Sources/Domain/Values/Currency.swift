/// A currency and the number of decimals of its amounts.
package struct Currency: Hashable, Sendable, Codable {
    /// ISO 4217 alphabetic code.
    package let code: String
    /// Number of decimals, 0...4.
    package let exponent: Int

    /// Creates a currency from its ISO 4217 code; `nil` if the code is unknown.
    package init?(code: String) {
        guard let exponent = Self.exponents[code] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    /// Decodes an ISO 4217 code.
    /// - Throws: `DecodingError` if the value is not a known code.
    package init(from decoder: any Decoder) throws {
        let code = try decoder.singleValueContainer().decode(String.self)
        guard let currency = Currency(code: code) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown currency \(code)"))
        }
        self = currency
    }

    /// Encodes the ISO 4217 code.
    /// - Throws: The encoder's error if the value cannot be encoded.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }

    /// All supported codes, sorted.
    package static var knownCodes: [String] { exponents.keys.sorted() }

    /// ISO 4217 defines no decimals for some of these (UGX, RWF, XOF, ...). Their wallets print two, so two are kept.
    private static let exponents: [String: Int] = {
        var table: [String: Int] = [:]
        let two = """
            AED AFN AOA BDT BIF BRL BWP CDF CHF CNY CVE DJF DZD EGP ERN ETB EUR FJD GBP GHS GMD GNF HTG IDR INR KES KHR \
            KMF LAK LKR LRD LSL MAD MDG MGA MMK MRU MUR MVR MWK MZN NAD NGN NPR PGK PHP PKR RWF SBD SCR SDG SLE SLL SOS \
            SSP STN SZL THB TZS UGX USD VND VUV WST XAF XOF XPF YER ZAR ZMW ZWG ZWL
            """
        for code in two.split(separator: " ") { table[String(code)] = 2 }
        for code in ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"] { table[code] = 3 }
        return table
    }()
}
