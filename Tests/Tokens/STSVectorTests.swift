import Domain
import Foundation
import TestSupport
import Testing
import Tokens

struct STSVector: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let request: TokenRequest
    let tokens: [String]

    var testDescription: String { id }

    static let all: [STSVector] = {
        struct File: Decodable { let vectors: [STSVector] }
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(File.self, from: try Fixtures.data("sts.json")).vectors
        } catch {
            Issue.record("the vectors cannot be read: \(error)")
            return []
        }
    }()
}

@Suite("STS known answers")
struct STSVectorTests {
    @Test("a request gives the published tokens", arguments: STSVector.all)
    func generate(_ vector: STSVector) throws {
        var random = SeededGenerator(seed: 1)
        let tokens = try vector.request.tokens(random: &random)
        // One published set of four contains only its first two tokens.
        #expect(Array(tokens.prefix(vector.tokens.count)) == vector.tokens)
    }

    @Test("a published token decodes to its content", arguments: STSVector.all)
    func decode(_ vector: STSVector) throws {
        for digits in vector.tokens {
            let reading = try TokenReading(digits: digits, request: vector.request)
            #expect(reading.type == vector.request.type)
            if vector.request.type == "credit" {
                let wanted = try #require(DecimalText(vector.request.amount ?? "")?.scaled(to: 1))
                let read = try #require(DecimalText(reading.amount ?? "")?.scaled(to: 1))
                #expect(read >= wanted && read - wanted < max(10, wanted / 1_000))
                #expect(reading.utility == vector.request.utility)
            }
        }
    }

    @Test("all vectors are loaded")
    func complete() { #expect(STSVector.all.count == 112) }
}
