import Domain
import Foundation
import StrictTOML
import TestSupport
import Testing

@testable import Tokens

private func bytes(_ hex: String) throws -> SecretBytes { try #require(SecretBytes(hex: hex)) }

@Suite("STS with the standard's worked examples")
struct STSTests {
    @Test("MISTY1 encrypts and decrypts the vectors of RFC 2994")
    func misty() throws {
        let cipher = Misty1(key: try bytes("00112233445566778899aabbccddeeff"))
        #expect(cipher.encrypt(0x0123_4567_89ab_cdef) == 0x8b1d_a5f5_6ab3_d07c)
        #expect(cipher.encrypt(0xfedc_ba98_7654_3210) == 0x04b6_8240_b13b_e95d)
        var random = SeededGenerator(seed: 1)
        for _ in 0..<200 {
            let block = random.next()
            #expect(cipher.decrypt(cipher.encrypt(block)) == block)
        }
    }

    @Test("EA07 with the sample tables encrypts and decrypts the published block")
    func ea07() throws {
        let cipher = EA07(key: try bytes("0abc12def3456789"), tables: .sample)
        #expect(cipher.encrypt(0x0b19_eb23_0100_c207) == 0xc45e_d161_9406_df95)
        #expect(cipher.decrypt(0xc45e_d161_9406_df95) == 0x0b19_eb23_0100_c207)
    }

    @Test("DES, DKGA02 and DKGA04 give the keys of the worked examples")
    func derivations() throws {
        let fields = try MeterKeyFields(
            meter: "600727000000000009", supplyGroup: "123456", tariffIndex: 1, keyRevision: 1, keyType: 2,
            baseDate: .y1993)
        let des = try VendingKey(derivation: .dkga02, algorithm: .ea07, bytes: try bytes("abababababababab"))
        #expect(Hexadecimal.text(try des.meterKey(for: fields).bytes.withBytes { $0 }) == "e653341f9d5bf36f")
        let later = try MeterKeyFields(
            meter: "600727000000000009", supplyGroup: "201457", tariffIndex: 1, keyRevision: 1, keyType: 2,
            baseDate: .y2014)
        let hex = "abababababababab949494949494949401234567"
        for (algorithm, key) in [
            (EncryptionAlgorithm.ea07, "87f3ecbb2e46b48f"), (.ea11, "929bd3a415c9420a05ec5ee9f3ce91c3"),
        ] {
            let vending = try VendingKey(derivation: .dkga04, algorithm: algorithm, bytes: try bytes(hex))
            #expect(Hexadecimal.text(try vending.meterKey(for: later).bytes.withBytes { $0 }) == key)
        }
    }

    @Test("a meter number's check digit is verified and never corrected")
    func meterNumbers() throws {
        #expect(try MeterNumber.pan(of: "00000000000") == "600727000000000009")
        #expect(try MeterNumber.pan(of: "0100000000008") == "000001000000000082")
        #expect(try MeterNumber.pan(of: "11111111115") == "600727111111111153")
        for wrong in ["12345678904", "11111111113", "600727000000000008", "123", "1234567890a", ""] {
            #expect(throws: TokenError.self) { try MeterNumber.pan(of: wrong) }
        }
    }

    @Test("amounts round up for the customer, and exact amounts stay exact")
    func amounts() throws {
        for (units, field) in [(16_385, 0x4001), (180_223, 0x8000), (1_818_623, 0xc000), (1, 1), (16_383, 0x3fff)]
            as [(Int64, UInt16)]
        {
            #expect(try TransferAmount.field(for: units) == field)
        }
        #expect(TransferAmount.units(of: 0x4001) == 16_394)
        #expect(throws: TokenError.self) { try TransferAmount.field(for: 18_201_625) }
        var random = SeededGenerator(seed: 9)
        for _ in 0..<2_000 {
            let units = Int64.random(in: 0...TransferAmount.largest, using: &random)
            let worth = TransferAmount.units(of: try TransferAmount.field(for: units))
            #expect(worth >= units && worth - units < 1_000)
            if units <= 16_383 { #expect(worth == units) }
        }
        for (amount, nibble, field) in [
            (100_000, 0, 0x60aa), (1_638_300_000, 1, 0x78e3), (-100_000, 8, 0x60a9), (10_000_000, 0, 0xdff6),
        ]
            as [(Int128, UInt8, UInt16)]
        {
            let made = try TransferAmount.currencyField(for: amount)
            #expect(made.nibble == nibble && made.field == field, "\(amount)")
        }
    }

    @Test("no identifier is used twice, and 00:01 is never used")
    func identifiers() throws {
        let now = try #require(TokenIdentifier(1_440 * 10))
        var last: TokenIdentifier?
        var seen: Set<TokenIdentifier> = []
        // Far more tokens than minutes: three thousand at one time.
        for _ in 0..<3_000 {
            let next = try TokenIdentifier.next(at: now, after: last)
            #expect(seen.insert(next).inserted)
            #expect(next.minutes % 1_440 != 1)
            last = next
        }
        #expect(throws: TokenError.self) { try TokenIdentifier.next(at: now, after: TokenIdentifier(0xff_ffff)) }
        #expect(throws: TokenError.self) {
            try BaseDate.y1993.identifier(at: Timestamp(seconds: 1_735_689_600))
        }
    }

    @Test("every token decodes to its content", arguments: 1...4)
    func roundTrips(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let key = try VendingKey(
            derivation: .dkga04, algorithm: .ea11, bytes: try bytes("abababababababab949494949494949401234567"))
        let fields = try MeterKeyFields(
            meter: "01450000011", supplyGroup: "201457", tariffIndex: 1, keyRevision: 1, keyType: 2, baseDate: .y2014)
        let vending = try STSVending(key: try key.meterKey(for: fields), tables: nil)
        for _ in 0..<100 {
            let identifier = try #require(TokenIdentifier(Int64.random(in: 2...0xff_ffff, using: &random)))
            let units = Int64.random(in: 1...16_383, using: &random)
            let digits = try vending.token(
                .credit(.electricity, units: units), identifier: identifier,
                random: UInt8.random(in: 0...15, using: &random))
            #expect(digits.count == 20)
            let block = try vending.decode(digits)
            #expect(STSToken(block) == .credit(.electricity, units: units) && block.identifier == identifier)
        }
    }

    @Test(
        "invalid values are rejected with the reason",
        arguments: [
            (#"{"type":"credit","amount":"0"}"#, "bad_amount"), (#"{"type":"credit","amount":"1.25"}"#, "bad_amount"),
            (#"{"type":"credit","amount":"-1"}"#, "bad_amount"),
            (#"{"type":"credit","amount":"1820162.5"}"#, "amount_too_large"),
            (#"{"type":"credit","amount":"1","pan":"600727000000000008"}"#, "bad_meter_number"),
            (#"{"type":"credit","amount":"1","sgc":"1234"}"#, "bad_sgc"),
            (#"{"type":"credit","amount":"1","ti":100}"#, "bad_ti"),
            (#"{"type":"credit","amount":"1","krn":0}"#, "bad_krn"),
            (#"{"type":"credit","amount":"1","kt":0}"#, "bad_kt"),
            (#"{"type":"credit","amount":"1","kt":3}"#, "bad_kt"),
            (#"{"type":"credit","amount":"1","dkga":2}"#, "bad_algorithm"),
            (#"{"type":"credit","amount":"1","vending_key":"abab"}"#, "bad_vending_key"),
            (#"{"type":"credit","amount":"1","ea":7}"#, "missing_ea07_tables"),
            (#"{"type":"credit","amount":"1","ken":85,"issued_at":"2032-10-27T08:00"}"#, "key_expired"),
            (#"{"type":"credit","amount":"1","base_date":1993}"#, "tid_out_of_range"),
            (#"{"type":"credit","amount":"1","base_date":2000}"#, "bad_base_date"),
            (#"{"type":"credit","amount":"1","ken":256}"#, "bad_ken"),
            (#"{"type":"credit","amount":"1","ken":-1,"decoder_key":"00112233445566778899aabbccddeeff"}"#, "bad_ken"),
            (#"{"type":"nonsense"}"#, "bad_request"),
            (#"{"type":"credit"}"#, "bad_request"),
        ])
    func refusals(change: String, code: String) throws {
        let base = """
            {"vending_key":"abababababababab949494949494949401234567","dkga":4,"ea":11,"pan":"600727000000000009","sgc":"201457",\
            "ti":1,"krn":1,"kt":2,"base_date":2014,"issued_at":"2026-07-11T00:45"}
            """
        var object = try #require(JSONSerialization.jsonObject(with: Data(base.utf8)) as? [String: Any])
        let changes = try #require(JSONSerialization.jsonObject(with: Data(change.utf8)) as? [String: Any])
        object.merge(changes) { $1 }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let request = try decoder.decode(TokenRequest.self, from: try JSONSerialization.data(withJSONObject: object))
        var random = SeededGenerator(seed: 1)
        let error = #expect(throws: TokenError.self) { try request.tokens(random: &random) }
        #expect(error?.code.rawValue == code)
    }

    @Test("a key file is rejected if others may read it, if it has a test key, and if a key name is wrong")
    func keyFiles() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("keys.toml").path
            func write(_ text: String, mode: Int) {
                _ = FileManager.default.createFile(
                    atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
            }
            let good = """
                [[keys]]
                sgc = "600100"
                krn = 1
                base_date = 2014
                dkga = 4
                ea = 11
                key = "0123456789abcdef0123456789abcdef01234567"
                """
            write(good, mode: 0o600)
            let file = try VendingKeyFile(path: path, allowTestKeys: false)
            #expect(file.entries.count == 1)
            #expect(!"\(file)".contains("0123456789abcdef"))
            write(good, mode: 0o640)
            #expect(throws: KeyFileRights.Refusal.self) { try VendingKeyFile(path: path, allowTestKeys: false) }
            write(good.replacingOccurrences(of: "600100", with: "201457"), mode: 0o600)
            #expect(throws: TOMLFaults.self) { try VendingKeyFile(path: path, allowTestKeys: false) }
            write(good.replacingOccurrences(of: "dkga", with: "dgka"), mode: 0o600)
            let faults = #expect(throws: TOMLFaults.self) { try VendingKeyFile(path: path, allowTestKeys: false) }
            #expect(faults?.faults.contains { $0.line == 5 && $0.message.contains("did you mean 'dkga'") } == true)
        }
    }
}
