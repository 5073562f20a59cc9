/// The reason why a token cannot be issued or read. The raw value of the code is used in machine-readable output.
package struct TokenError: Error, Hashable, Sendable, CustomStringConvertible {
    package enum Code: String, Sendable, Hashable {
        case badMeterNumber = "bad_meter_number"
        case badSupplyGroup = "bad_sgc"
        case badTariffIndex = "bad_ti"
        case badKeyRevision = "bad_krn"
        case badKeyType = "bad_kt"
        case badKeyExpiry = "bad_ken"
        case badBaseDate = "bad_base_date"
        case badVendingKey = "bad_vending_key"
        case badAlgorithm = "bad_algorithm"
        case missingTables = "missing_ea07_tables"
        case badTables = "bad_ea07_tables"
        case keyExpired = "key_expired"
        case identifierOutOfRange = "tid_out_of_range"
        case badAmount = "bad_amount"
        case amountTooLarge = "amount_too_large"
        case badValue = "bad_value"
        case badToken = "bad_token"
        case wrongKey = "wrong_key"
        case badRequest = "bad_request"
        case selfCheckFailed = "self_check_failed"
        case cryptography = "cryptography"
        case implausibleClock = "implausible_clock"
    }

    package let code: Code
    package let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    package var description: String { message }
}
