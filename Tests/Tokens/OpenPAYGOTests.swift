import Foundation
import TestSupport
import Testing
import Tokens

struct PaygoVectors: Decodable, Sendable {
    struct Made: Decodable, Sendable, CustomTestStringConvertible {
        let id: String
        let key: String
        let startingCode: Int64?
        let count: Int
        let tokenType: String
        let value: Decimal?
        let valueDivider: Int
        let restrictedDigitSet: Bool
        let extendedToken: Bool
        let newCount: Int
        let token: String
        var testDescription: String { id }
    }

    struct Read: Decodable, Sendable, CustomTestStringConvertible {
        let id: String
        let token: String
        let key: String
        let startingCode: Int64?
        let lastCount: Int
        let usedCounts: [Int]
        let restrictedDigitSet: Bool
        let value: Decimal?
        let tokenType: String
        let count: Int?
        let updatedUsedCounts: [Int]?
        var testDescription: String { id }
    }

    let generate: [Made]
    let decode: [Read]

    static let all: PaygoVectors = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        do {
            return try decoder.decode(PaygoVectors.self, from: try Fixtures.data("openpaygo.json"))
        } catch {
            Issue.record("the vectors cannot be read: \(error)")
            return PaygoVectors(generate: [], decode: [])
        }
    }()
}

@Suite("OpenPAYGO")
struct OpenPAYGOTests {
    static let key = "bc41ec9530f6dac86b1a29ab82edc5fb"

    static func device(_ format: OpenPAYGO.Format = .init(), start: Int64? = 516_959_010) throws -> OpenPAYGO {
        try OpenPAYGO(key: try #require(SecretBytes(hex: key)), start: start, format: format)
    }

    private static func request(_ key: String, _ start: Int64?, _ count: Int) -> [String: Any] {
        var request: [String: Any] = ["paygo_key": key, "count": count]
        request["starting_code"] = start
        return request
    }

    private static func read(_ object: [String: Any]) throws -> PaygoRequest {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(PaygoRequest.self, from: try JSONSerialization.data(withJSONObject: object))
    }

    @Test("a request gives the published code and count", arguments: PaygoVectors.all.generate)
    func generate(_ vector: PaygoVectors.Made) throws {
        var request = Self.request(vector.key, vector.startingCode, vector.count)
        request["type"] = vector.tokenType.lowercased()
        request["value"] = vector.value.map { NSDecimalNumber(decimal: $0) }
        request["value_divider"] = vector.valueDivider
        request["restricted"] = vector.restrictedDigitSet
        request["extended"] = vector.extendedToken
        let answer = try Self.read(request).answer()
        #expect(answer == .init(tokens: [vector.token], count: vector.newCount))
    }

    @Test("a device accepts and rejects the published codes", arguments: PaygoVectors.all.decode)
    func decode(_ vector: PaygoVectors.Read) throws {
        var request = Self.request(vector.key, vector.startingCode, vector.lastCount)
        request["used_counts"] = vector.usedCounts
        request["restricted"] = vector.restrictedDigitSet
        let reading = try Self.read(request).reading(vector.token)
        #expect(
            reading
                == .init(
                    type: vector.tokenType.lowercased(), value: vector.value, count: vector.count,
                    usedCounts: vector.updatedUsedCounts))
    }

    @Test("all vectors are loaded")
    func complete() {
        #expect(PaygoVectors.all.generate.count == 14)
        #expect(PaygoVectors.all.decode.count == 4)
    }

    @Test("an extended code equals that of the standard's library")
    func extended() throws {
        let code = try Self.device(.init(isExtended: true)).code(.addTime, units: 1, after: 1)
        #expect(code == (digits: "247264959011", count: 2))
    }

    @Test("a device reads its codes in every format", arguments: [false, true], [false, true])
    func roundTrip(isRestricted: Bool, isExtended: Bool) throws {
        let device = try Self.device(.init(isRestricted: isRestricted, isExtended: isExtended))
        var random = SeededGenerator(seed: 7)
        var count = 0
        for _ in 0..<40 {
            let kind = OpenPAYGO.Kind.allCases[Int.random(in: 0...1, using: &random)]
            let units = Int64.random(in: 0...device.format.largestValue, using: &random)
            let code = try device.code(kind, units: units, after: count)
            guard case .valid(kind, units, code.count, _) = try device.read(code.digits, after: count, used: []) else {
                Issue.record("\(kind) of \(units) at \(count) was read differently")
                return
            }
            count = code.count
        }
    }

    @Test("counts and values out of range are rejected")
    func limits() throws {
        let device = try Self.device()
        #expect(throws: TokenError.self) { try device.code(.addTime, units: 996, after: 0) }
        #expect(throws: TokenError.self) { try device.code(.addTime, units: -1, after: 0) }
        #expect(throws: TokenError.self) { try device.code(.addTime, units: 1, after: 65_534) }
        #expect(throws: TokenError.self) { try device.code(.setTime, units: 1, after: 65_535) }
        #expect(try OpenPAYGO.next(.setTime, after: 65_534) == 65_535)
        #expect(throws: TokenError.self) { try device.code(.addTime, units: 1, after: -1) }
        #expect(throws: TokenError.self) { try Self.device(start: 1_000_000_000) }
        #expect(throws: TokenError.self) { try device.read("12345678", after: 0, used: []) }
        #expect(throws: TokenError.self) { try device.read("1234567x9", after: 0, used: []) }
    }
}
