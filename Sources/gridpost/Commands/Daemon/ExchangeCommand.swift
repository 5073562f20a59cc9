import ArgumentParser
import CLinux
import Foundation
import Tokens

/// What the daemon runs beside itself for a request to a maker's service: see `ExchangeProcess`.
struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "Ask a maker's service, for the daemon.", shouldDisplay: false)

    func run() async throws {
        // systemd stops the whole unit at once: what was asked is waited for, or the order would be in doubt.
        signal(SIGTERM, SIG_IGN)
        // The request has the secrets of the service.
        guard gridpost_forbid_dumps() == 0 else { throw ExitCode(1) }
        let request = try JSONDecoder().decode(
            VendorRequest.self, from: FileHandle.standardInput.readDataToEndOfFile())
        let reply: ExchangeReply
        do {
            reply = .answer(try await URLSessionExchange().run(request))
        } catch {
            reply = .failure(error)
        }
        try FileHandle.standardOutput.write(contentsOf: JSONEncoder().encode(reply))
    }
}

/// What the daemon reads of it.
enum ExchangeReply: Codable, Sendable {
    case answer(VendorAnswer)
    case failure(VendorFailure)
}
