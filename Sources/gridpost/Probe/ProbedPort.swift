import ModemMessages

/// What was found behind a port.
struct ProbedPort: Codable, Sendable {
    enum State: String, Codable, Sendable {
        case modem
        case inUse = "in_use"
        case silent
    }

    var port: String
    var stableName: String
    var usb: String?
    var interface: String?
    var state: State
    var maker: String?
    var model: String?
    var firmware: String?
    var sim: String?
    var stores: String?
    var indications: String?
    /// Who uses the port, or why nothing is known.
    var reason: String?
    /// The id of the profile.
    var profile: String?

    init(_ port: SerialPort, _ answer: ProbeAnswer, _ profiles: [ModemProfile]) {
        self.port = port.path
        stableName = port.stableName
        usb = port.usb
        interface = port.interface
        switch answer {
        case .modem(let facts):
            state = .modem
            maker = facts.maker
            model = facts.model
            firmware = facts.firmware
            sim = facts.sim
            stores = facts.stores
            indications = facts.indications
        case .inUse: state = .inUse
        case .silent(let reason):
            state = .silent
            self.reason = reason
        }
        let byWords = profiles.first { $0.fits(maker: maker, model: model) }
        profile = (byWords ?? profiles.first { profile in port.usb.map(profile.usb.contains) ?? false })?.id
    }
}
