/// The configuration that is proposed for one modem.
struct ModemProposal: Codable, Sendable {
    var port: String
    /// The section of `gateway.toml`.
    var configuration: String
    /// A rule for a name that stays; absent if the port has one.
    var udev: String?
    var notes: [String]

    /// Proposals for the modems found. Of several ports of one modem the best one is taken.
    static func make(_ found: [(SerialPort, ProbedPort)], _ profiles: [ModemProfile]) -> [ModemProposal] {
        let modems = found.filter { $0.1.state == .modem }
        let groups = Dictionary(grouping: modems) { $0.0.device ?? $0.0.path }
        return groups.keys.sorted().compactMap { key in groups[key].flatMap { best($0, profiles) } }
            .enumerated().map { index, pair in proposal(pair.0, pair.1, number: index + 1) }
    }

    private static func best(_ ports: [(SerialPort, ProbedPort)], _ profiles: [ModemProfile]) -> (
        (SerialPort, ProbedPort), ModemProfile?
    )? {
        let profile = profiles.first { $0.id == ports.first?.1.profile }
        func rank(_ port: SerialPort) -> Int {
            port.interface.flatMap { profile?.interfaces.firstIndex(of: $0) } ?? Int.max
        }
        return ports.min { rank($0.0) < rank($1.0) }.map { ($0, profile) }
    }

    private static func proposal(
        _ found: (SerialPort, ProbedPort), _ profile: ModemProfile?, number: Int
    ) -> ModemProposal {
        let (port, probed) = found
        var lines = ["[[modems]]", "name = \"modem\(number)\"", "device = \"\(port.stableName)\""]
        lines.append("connection = \"\(profile?.connection ?? "at115200")\"")
        if profile?.packedUSSD == true { lines.append("packed_ussd = true") }
        if probed.sim == "SIM PIN" { lines.append("pin_file = \"/etc/gridpost/modem\(number).pin\"   # mode 0600") }
        var udev: String?
        if port.stableName == port.path, let usb = port.usb, let interface = port.interface {
            let (vendor, product) = (usb.prefix(4), usb.suffix(4))
            udev =
                "SUBSYSTEM==\"tty\", ATTRS{idVendor}==\"\(vendor)\", ATTRS{idProduct}==\"\(product)\", ENV{ID_USB_INTERFACE_NUM}==\"\(interface)\", SYMLINK+=\"gridpost/modem\(number)\""
        }
        var notes = profile.map { ["\($0.family):"] + $0.sure + $0.unsure.map { "not sure: \($0)" } } ?? []
        if let sim = probed.sim, sim != "READY", sim != "SIM PIN" {
            notes.insert("the SIM cannot be used: \(sim)", at: 0)
        }
        return ModemProposal(
            port: port.path, configuration: lines.joined(separator: "\n"), udev: udev, notes: notes)
    }
}
