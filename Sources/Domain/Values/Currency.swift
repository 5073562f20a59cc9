/// A currency and the number of decimals in which the books keep it.
package struct Currency: Hashable, Sendable, Codable {
    /// ISO 4217 alphabetic code.
    package let code: String
    /// Decimals of the minor unit, 0...4.
    package let exponent: Int

    package init?(code: String) {
        guard let exponent = Self.exponents[code] else { return nil }
        self.code = code
        self.exponent = exponent
    }

    package init(from decoder: any Decoder) throws {
        let code = try decoder.singleValueContainer().decode(String.self)
        guard let currency = Currency(code: code) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "unknown currency \(code)"))
        }
        self = currency
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(code)
    }

    /// All codes that the gateway knows.
    package static var knownCodes: [String] { exponents.keys.sorted() }

    /// ISO 4217 has no decimals for several of these (UGX, RWF, XOF, ...), yet their wallets print them: two are kept.
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
