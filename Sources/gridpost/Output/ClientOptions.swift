import Admin
import ArgumentParser
import Foundation

/// What every client of the admin socket takes.
struct ClientOptions: ParsableArguments {
    @Option(help: "The daemon's admin socket (or GRIDPOST_SOCKET).")
    var socket: String?

    @Flag(help: "Print the API's JSON.")
    var json = false

    private var client: AdminClient {
        AdminClient(
            path: socket ?? ProcessInfo.processInfo.environment["GRIDPOST_SOCKET"] ?? "/run/gridpost/admin.sock")
    }

    /// Asks the daemon and shows the answer: as JSON, or as `show` does it. Ends the program when there is no answer.
    func ask<Value: Decodable>(_ address: String, as type: Value.Type, _ show: (Value) -> Void) async throws {
        let (value, raw) = try await reach { try await client.get(address, as: type) }
        if json { Terminal.write(String(decoding: raw, as: UTF8.self) + "\n", to: 1) } else { show(value) }
    }

    func get<Value: Decodable>(_ address: String, as type: Value.Type) async throws -> (value: Value, raw: Data) {
        try await reach { try await client.get(address, as: type) }
    }

    func post(_ address: String, _ body: Data) async throws -> AdminClient.Answer {
        try await reach { try await client.post(address, body) }
    }

    /// 69 when nobody answers, 1 when the daemon refuses.
    private func reach<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as AdminClient.Failure {
            Terminal.complain("gridpost: \(failure)")
            if case .unreachable = failure {
                Terminal.complain("Is it running? 'systemctl status gridpost', or name its socket with --socket.")
                throw ExitCode(69)
            }
            throw ExitCode(1)
        }
    }
}

/// What every list takes.
struct ListOptions: ParsableArguments {
    @Option(help: "How many rows, at most 500.")
    var limit = 50

    @Option(help: "The page after the one that said this as its 'next'.")
    var cursor: String?

    func query(_ more: [(String, String?)] = []) -> String {
        var items = [URLQueryItem(name: "limit", value: "\(limit)")]
        if let cursor { items.append(URLQueryItem(name: "cursor", value: cursor)) }
        items += more.compactMap { name, value in value.map { URLQueryItem(name: name, value: $0) } }
        var components = URLComponents()
        components.queryItems = items
        return components.percentEncodedQuery.map { "?\($0)" } ?? ""
    }

    func showNext(_ next: String?) {
        if let next { Terminal.say(Terminal.styled("more: --cursor \(next)", .dim)) }
    }
}
