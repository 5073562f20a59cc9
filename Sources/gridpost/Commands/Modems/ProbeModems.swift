import ArgumentParser
import Foundation
import ModemMessages

/// `gridpost modems probe`
struct ProbeModems: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Find the modems that are plugged in, and propose their configuration.",
        discussion: """
            Examples:
              gridpost modems probe
              gridpost modems probe /dev/ttyUSB0 /dev/ttyUSB1
            A port that another program has open, or that the configuration names, is left alone. Nothing is changed \
            in a modem. Best run as root, which sees what all programs have open.
            """)

    @Argument(help: "The ports to ask; all /dev/ttyUSB* and /dev/ttyACM* if left out.")
    var ports: [String] = []

    @Option(help: "The configuration whose modems are left alone.")
    var config = "/etc/gridpost/gateway.toml"

    @Flag(help: "Print JSON.") var json = false

    private struct Report: Encodable {
        var ports: [ProbedPort]
        var proposals: [ModemProposal]
        /// Sticks that show a disk until they are switched.
        var unswitched: [String]
    }

    func run() async throws {
        let paths = InstalledPaths()
        let program = try paths.modemProgram(nil)
        let profiles = try ModemProfile.load(paths.modemProfiles())
        let configured = (try? ConfigurationFile.read(config))?.modems.map { SerialPort($0.device).path } ?? []
        let names = ports.isEmpty ? SerialPort.all : ports
        var found: [(SerialPort, ProbedPort)] = []
        for name in names {
            let port = SerialPort(name)
            if Terminal.isTerminal, !json { Terminal.write("asking \(port.path) ...\r", to: 2) }
            found.append((port, await look(at: port, configured, program, profiles)))
        }
        let ids = SerialPort.usbIDs
        let unswitched = profiles.flatMap { profile in
            profile.storage.filter(ids.contains).map { "\($0): \(profile.family); \(profile.switch ?? "")" }
        }
        let report = Report(
            ports: found.map(\.1), proposals: ModemProposal.make(found, profiles), unswitched: unswitched)
        if json { return try FormatSource.print(report) }
        show(report)
        if !report.ports.contains(where: { $0.state != .silent }) { throw ExitCode.failure }
    }

    private func look(
        at port: SerialPort, _ configured: [String], _ program: String, _ profiles: [ModemProfile]
    ) async -> ProbedPort {
        var reason: String?
        if configured.contains(port.path) { reason = "the configuration names it" }
        if let holder = port.holder { reason = holder }
        let answer = reason == nil ? await PortProbe.ask(port, program: program) : .inUse
        var probed = ProbedPort(port, answer, profiles)
        probed.reason = reason ?? probed.reason
        return probed
    }

    private func show(_ report: Report) {
        var table = Table("PORT", "USB", "FOUND", "SIM", "PROFILE")
        for port in report.ports {
            let usb = port.usb.map { "\($0) \(port.interface ?? "")" } ?? "-"
            let found =
                switch port.state {
                case .modem: [port.maker, port.model, port.firmware].compactMap { $0 }.joined(separator: " ")
                case .inUse: Terminal.styled("in use: \(port.reason ?? "another program")", .yellow)
                case .silent: "no modem: \(port.reason ?? "no answer")"
                }
            table.add(port.port, usb, Terminal.oneLine(found, 70), port.sim ?? "-", port.profile ?? "-")
        }
        table.show(empty: "there are no ports /dev/ttyUSB* or /dev/ttyACM*; is the modem plugged in?")
        for stick in report.unswitched { Terminal.say("\nNot switched to a modem yet: \(stick)") }
        for proposal in report.proposals {
            Terminal.say("\nFor \(proposal.port), in gateway.toml:\n\n\(proposal.configuration)")
            if let udev = proposal.udev { Terminal.say("\nand in 90-gridpost-modem.rules:\n\n\(udev)") }
            if !proposal.notes.isEmpty { Terminal.say("\n" + proposal.notes.joined(separator: "\n  * ")) }
        }
    }
}
