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
