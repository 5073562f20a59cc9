import ArgumentParser
import Foundation
import Tokens

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Make tokens for registered devices; or, without a daemon, make and decode tokens from JSON lines.",
        subcommands: [
            ChangeCommand<TokenIssue>.self, ChangeCommand<Confirm>.self, ChangeCommand<Withdraw>.self, Make.self,
            Decode.self,
        ])

    struct Make: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "make", abstract: "Make STS and OpenPAYGO tokens from JSON lines.",
            discussion: """
                Example:
                  echo '{"vending_key":"<hex>","dkga":4,"ea":11,"pan":"600727000000000009","sgc":"201457","ti":1,"krn":1,\
                "kt":2,"base_date":2014,"type":"credit","amount":"25.6","issued_at":"2026-07-11T00:45"}' | gridpost token make
                  echo '{"paygo_key":"<hex>","count":0,"type":"add_time","value":7}' | gridpost token make
                """)

        func run() async throws {
            var random = SystemRandomNumberGenerator()
            try TokenLines.answer { line in
                switch line.request {
                case .sts(let request): .tokens(try request.tokens(random: &random))
                case .paygo(let request): .paygo(try request.answer())
                }
            }
        }
    }

    struct Decode: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "decode",
            abstract: "Decode tokens from JSON lines: the same fields as for 'make', and 'token'.",
            discussion: """
                Example:
                  echo '{"token":"1234 5678 9012 3456 7890","vending_key":"<hex>",...}' | gridpost token decode
                """)

        func run() async throws {
            try TokenLines.answer { line in
                guard let token = line.token else { throw TokenError(.badRequest, "'token' is missing") }
                switch line.request {
                case .sts(let request): return .reading(try TokenReading(digits: token, request: request))
                case .paygo(let request): return .paygoReading(try request.reading(token))
                }
            }
        }
    }
}

/// Reads requests line by line and prints an answer or an error for each.
private enum TokenLines {
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
