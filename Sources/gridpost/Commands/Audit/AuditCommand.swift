import Admin
import ArgumentParser

struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Check that the database is consistent. Exits with 1 if a proof fails.",
        discussion: "Example: gridpost audit --json")

    @OptionGroup var client: ClientOptions

    func run() async throws {
        let (audit, raw) = try await client.get("/v1/audit", as: AuditView.self)
        if client.json {
            Terminal.write(String(decoding: raw, as: UTF8.self) + "\n", to: 1)
        } else {
            for proof in audit.proofs {
                let findings = audit.findings.filter { $0.proof == proof }
                Terminal.say(
                    "\(findings.isEmpty ? Terminal.styled("holds", .green) : Terminal.styled("FAILS", .red))  \(proof)")
                for finding in findings { Terminal.say("       \(finding.detail)") }
            }
        }
        if !audit.clean { throw ExitCode(1) }
    }
}
