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

    /// Changes something and shows what it is now.
    func change<Value: Decodable>(
        _ address: String, _ body: some Encodable, method: String = "POST", as type: Value.Type,
        _ show: (Value) -> Void
    ) async throws {
        let (value, raw) = try await reach { try await client.change(method, address, body, as: type) }
        if json { Terminal.write(String(decoding: raw, as: UTF8.self) + "\n", to: 1) } else { show(value) }
    }

    /// Every page of a list.
    func all<Item: Codable & Sendable>(_ address: String, as type: Item.Type) async throws -> [Item] {
        var items: [Item] = []
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await get("\(address)?limit=500\(next)", as: PageView<Item>.self).value
            items += page.items
            cursor = page.next
        } while cursor != nil
        return items
    }

    func listen(_ address: String, _ body: (AdminClient.ServerEvent) async throws -> Bool) async throws {
        try await reach { try await client.listen(address, body) }
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
        Query.text([("limit", "\(limit)"), ("cursor", cursor)] + more)
    }

    func showNext(_ next: String?) {
        if let next { Terminal.say(Terminal.styled("more: --cursor \(next)", .dim)) }
    }
}

/// The part of an address behind the question mark.
enum Query {
    /// Leaves out what has no value.
    static func text(_ items: [(String, String?)]) -> String {
        var components = URLComponents()
        components.queryItems = items.compactMap { name, value in value.map { URLQueryItem(name: name, value: $0) } }
        // A plus is a space to many servers.
        let text = components.percentEncodedQuery?.replacingOccurrences(of: "+", with: "%2B") ?? ""
        return text.isEmpty ? "" : "?\(text)"
    }
}
