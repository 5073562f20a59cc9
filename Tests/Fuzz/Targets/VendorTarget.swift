import Domain
import Foundation

@testable import Tokens

/// Answers of vendors' services, and input lines of `token make` and `token decode`.
enum VendorTarget {
    private struct STSVectors: Decodable {
        struct Vector: Decodable {
            let request: TokenRequest
        }
        let vectors: [Vector]
    }

    private static let serial = "01450000011"
    private static let sunKing = VendorEndpoint(
        url: "https://vendor.example", timeout: 1, exchange: URLSessionExchange()
    ).map {
        SunKingAPI($0, authURL: "https://vendor.example/auth", client: "us", secret: "secret")
    }

    static func run(_ input: [UInt8]) throws(BrokenRule) {
        let answer = VendorAnswer(status: 200, body: Data(input))
        if let token = try? CalinAPI.token(answer, for: serial) {
            try rule(
                token.utf8.count == 20 && token.utf8.allSatisfy { (0x30...0x39).contains($0) }, "a token '\(token)'")
        }
        if let sunKing, let code = try? sunKing.code(answer, for: serial) {
            try rule(sunKing.isToken(code), "a code '\(code)'")
        }
        if let access = SunKingAPI.access(answer) {
            try rule((0...86_400).contains(access.seconds), "an access token of \(access.seconds) seconds")
        }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        if let request = try? decoder.decode(TokenRequest.self, from: Data(input)) { try make(request) }
        if let request = try? decoder.decode(PaygoRequest.self, from: Data(input)) { make(request, text(of: input)) }
    }

    private static func make(_ request: TokenRequest) throws(BrokenRule) {
        // Any other value would be the name of a file.
        guard [nil, "sample"].contains(request.tables), [nil, "sample"].contains(request.new?.tables) else { return }
        var random = FixedBits()
        guard let tokens = try? request.tokens(random: &random) else { return }
        for token in tokens {
            guard let reading = try? TokenReading(digits: token, request: request) else {
                throw BrokenRule(description: "the token \(token) cannot be read under its own key")
            }
            try rule(reading.type == request.type, "a token of \(request.type ?? "") reads as \(reading.type)")
        }
    }

    private static func make(_ request: PaygoRequest, _ typed: String) {
        // Each count is one step of a hash chain, so large counts take long.
        guard request.count < 2_000 else { return }
        _ = try? request.reading(typed)
        if let answer = try? request.answer() {
            for token in answer.tokens { _ = try? request.reading(token) }
        }
    }

    private struct FixedBits: RandomNumberGenerator {
        mutating func next() -> UInt64 { 0x5555_5555_5555_5555 }
    }

    static let seeds: [String] = {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        let requests = Seeds.fixture("sts.json", as: STSVectors.self).vectors.map(\.request)
        return requests.compactMap { try? encoder.encode($0) }.map { String(decoding: $0, as: UTF8.self) } + written
    }()

    private static let written = [
        #"{"result_code":0,"result":"1234 5678 9012 3456 7890","meter_id":"01450000011"}"#,
        #"{"result_code":"0","result":"12345678901234567890","meter":1450000011,"reason":null}"#,
        #"{"result_code":7,"reason":"unknown\u0000 meter \ud83d\ude00"}"#, #"{"result_code":1e3}"#,
        #"{"result_code":-0}"#,
        #"{"token":"123 456 789","device":"01450000011"}"#, #"{"token":123456789,"serial":null}"#,
        #"{"token":9223372036854775808}"#, #"{"token":true}"#, #"{"token":1.5}"#,
        #"{"access_token":"abc","expires_in":3600}"#, #"{"access_token":"abc","expires_in":-9223372036854775808}"#,
        #"{"access_token":"abc","expires_in":1e300}"#, #"{"access_token":"a b","expires_in":"3600"}"#,
        #"{"type":"display","subclass":0,"control":1,"mfr":5}"#,
        #"{"type":"display","subclass":-1,"control":18446744073709551615,"mfr":18446744073709551615}"#,
        #"{"decoder_key":"00112233445566778899aabbccddeeff00112233","ea":11,"ken":-1,"type":"credit","amount":"25.6","tid":5}"#,
        #"{"vending_key":"abababababababab949494949494949401234567","dkga":4,"ea":11,"pan":"600727000000000009","sgc":"201457","#
            + #""type":"key_change","new":{"decoder_key":"00112233445566778899aabbccddeeff","ea":11,"ken":-16}}"#,
        #"{"vending_key":"abababababababab949494949494949401234567","dkga":4,"ea":11,"pan":"600727000000000009","sgc":"201457","#
            + #""type":"currency","amount":"-99999999999999999999999999999.99999","tid":16777215,"rnd":15}"#,
        #"{"paygo_key":"000102030405060708090a0b0c0d0e0f","count":0,"type":"add_time","value":7}"#,
        #"{"paygo_key":"000102030405060708090a0b0c0d0e0f","count":-1,"type":"set_time","value":1e127,"value_divider":10000}"#,
        #"{"paygo_key":"000102030405060708090a0b0c0d0e0f","count":9,"type":"counter_sync","restricted":true,"extended":true}"#,
        #"{"paygo_key":"000102030405060708090a0b0c0d0e0f","count":9,"type":"add_time","value":0.5,"used_counts":[9223372036854775807]}"#,
    ]

    static let words = [
        "\"result_code\":", "\"result\":\"", "\"reason\":\"", "\"meter_id\":", "\"token\":", "\"device\":",
        "\"access_token\":\"a\"",
        "\"expires_in\":", "\"type\":\"credit\"", "\"type\":\"currency\"", "\"type\":\"key_change\"",
        "\"type\":\"max_power\"",
        "\"type\":\"display\"", "\"amount\":\"", "\"value\":", "\"field\":", "\"se\":", "\"tid\":", "\"rnd\":",
        "\"ken\":", "\"krn\":",
        "\"kt\":", "\"ti\":", "\"base_date\":1993", "\"base_date\":2035", "\"issued_at\":\"2026-07-11T00:45\"",
        "\"tables\":\"sample\"",
        "\"ea\":7", "\"ea\":11", "\"dkga\":2", "\"dkga\":4", "\"new\":{", "\"paygo_key\":\"", "\"count\":",
        "\"value_divider\":",
        "\"used_counts\":[", "null", "true", "{", "}", "[", "]", ",", "\\u0000", "\\ud800",
    ]
}
