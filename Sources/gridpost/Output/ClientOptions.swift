import Admin
import ArgumentParser
import Foundation

/// The options of all commands that use the admin socket.
struct ClientOptions: ParsableArguments {
    @Option(help: "The daemon's admin socket (or set GRIDPOST_SOCKET).")
    var socket: String?

    @Flag(help: "Print the API's JSON.")
    var json = false

    private var client: AdminClient {
        AdminClient(
            path: socket ?? ProcessInfo.processInfo.environment["GRIDPOST_SOCKET"] ?? "/run/gridpost/admin.sock")
    }

    /// Sends a GET request and prints the answer, as JSON or with `show`. Throws `ExitCode` if the request fails.
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

    /// Sends a change and prints the answer, as JSON or with `show`.
    @discardableResult
    func change<Value: Decodable>(
        _ address: String, _ body: some Encodable, method: String = "POST", as type: Value.Type,
        _ show: (Value) -> Void
    ) async throws -> Value {
        let (value, raw) = try await reach { try await client.change(method, address, body, as: type) }
        if json { Terminal.write(String(decoding: raw, as: UTF8.self) + "\n", to: 1) } else { show(value) }
        return value
    }

    /// The items of all pages of a list.
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

    /// Throws `ExitCode`: 69 if the daemon cannot be reached, 1 if it refuses the request.
    private func reach<Value>(_ body: () async throws -> Value) async throws -> Value {
        do {
            return try await body()
        } catch let failure as AdminClient.Failure {
            Terminal.complain("gridpost: \(failure)")
            if case .unreachable = failure {
                Terminal.complain(
                    "Is the daemon running? Check 'systemctl status gridpost', or give its socket with --socket.")
                throw ExitCode(69)
            }
            throw ExitCode(1)
        }
    }
}
