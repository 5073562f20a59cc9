import ArgumentParser
import CLinux
import Foundation
import Tokens

/// Sends one request to a vendor's service. The daemon runs this in a separate process: see `ExchangeProcess`.
struct ExchangeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange", abstract: "Send a request to a vendor's service, for the daemon.", shouldDisplay: false
    )

    func run() async throws {
        // systemd stops all processes of the unit at once. Wait for the answer: without it the order is in doubt.
        signal(SIGTERM, SIG_IGN)
        // The request contains the secrets of the service.
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
