import Foundation
import Simulator
import TestSupport
import Testing

private typealias Gateway = GatewayUnderTest

@Suite("Finding modems")
struct ProbeTests {
    private struct Report: Decodable {
        struct Port: Decodable {
            var state: String
            var maker: String?
            var model: String?
            var sim: String?
            var reason: String?
        }
        struct Proposal: Decodable { var configuration: String }
        var ports: [Port]
        var proposals: [Proposal]
    }

    private static func probe(_ ports: [String], _ more: [String] = []) throws -> Report {
        let result = try gridpost(["modems", "probe", "--json", "--config", "/nowhere.toml"] + more + ports)
        return try JSONDecoder().decode(Report.self, from: Data(result.output.utf8))
    }

    @Test("a modem says what it is, and its configuration is proposed; a port without a modem is told apart")
    func modem() async throws {
        try await Fixtures.withFolder { folder in
            let (modem, deaf) = (try SimulatedModem(), try SimulatedModem())
            deaf.inject(.deaf)
            let report = try Self.probe([modem.path, deaf.path, folder.path + "/none", "/dev/null"])
            #expect(report.ports.map(\.state) == ["modem", "silent", "silent", "silent"])
            let found = try #require(report.ports.first)
            #expect(found.maker == "Gridpost" && found.model == "Simulator" && found.sim == "READY")
            #expect(report.proposals.map(\.configuration).joined().contains("device = \"\(modem.path)\""))
            // It was only asked.
            let asked = Set(modem.commands.map { String($0.prefix { $0 != "\r" }) })
            #expect(asked == ["AT", "AT+CGMI", "AT+CGMM", "AT+CGMR", "AT+CPIN?", "AT+CPMS=?", "AT+CNMI=?"])
            let words = try gridpost(["modems", "probe", "--config", "/nowhere.toml", modem.path])
            #expect(words.status == 0 && words.output.contains("[[modems]]"))
        }
    }

    @Test("a modem that is in use is not asked anything")
    func inUse() async throws {
        try await Gateway.run { gateway in
            try await gateway.startReady()
            func asked() -> Int { gateway.modem.commands.count { $0.hasPrefix("AT+CNMI=?") } }
            let before = asked()
            let report = try Self.probe([gateway.modem.path])
            #expect(report.ports.map(\.state) == ["in_use"] && report.proposals.isEmpty)
            #expect(asked() == before)
            let named = try gridpost([
                "modems", "probe", "--json", "--config", gateway.configuration, gateway.modem.path,
            ])
            #expect(named.output.contains("in_use"))
        }
    }
}
