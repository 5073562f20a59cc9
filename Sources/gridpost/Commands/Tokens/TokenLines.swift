import ArgumentParser
import Foundation
import Tokens

/// Reads requests line by line and prints an answer or an error for each.
enum TokenLines {
    struct Line: Decodable {
        enum Request {
            case sts(TokenRequest)
            case paygo(PaygoRequest)
        }

        let request: Request
        let token: String?

        private enum Key: CodingKey { case token, paygoKey }

        init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: Key.self)
            request =
                fields.contains(.paygoKey)
                ? .paygo(try PaygoRequest(from: decoder)) : .sts(try TokenRequest(from: decoder))
            token = try fields.decodeIfPresent(String.self, forKey: .token)
        }
    }

    enum Answer: Encodable {
        case tokens([String])
        case reading(TokenReading)
        case paygo(PaygoRequest.Answer)
        case paygoReading(PaygoRequest.Reading)

        func encode(to encoder: any Encoder) throws {
            switch self {
            case .tokens(let tokens):
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(tokens, forKey: .tokens)
            case .reading(let reading): try reading.encode(to: encoder)
            case .paygo(let answer): try answer.encode(to: encoder)
            case .paygoReading(let reading): try reading.encode(to: encoder)
            }
        }

        private enum Key: CodingKey { case tokens }
    }

    private struct Failure: Encodable {
        let error: String
        let message: String
    }

    static func answer(_ make: (Line) throws -> Answer) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        var failed = false
        while let line = readLine() {
            if line.isEmpty { continue }
            let data: Data
            do {
                data = try encoder.encode(try make(try decoder.decode(Line.self, from: Data(line.utf8))))
            } catch let error as TokenError {
                failed = true
                data = try encoder.encode(Failure(error: error.code.rawValue, message: error.message))
            } catch {
                failed = true
                data = try encoder.encode(
                    Failure(
                        error: TokenError.Code.badRequest.rawValue, message: "the line is not a valid request: \(error)"
                    ))
            }
            Terminal.say(String(decoding: data, as: UTF8.self))
        }
        if failed { throw ExitCode(1) }
    }
}
