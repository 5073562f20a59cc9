import Gateway
import ModemLink
import ModemMessages

/// What staff should look at about the modems, as sentences.
enum ModemConcerns {
    static let unregistered = "the SIM is not registered with a network: check its antenna, its credit and the network"

    static func all(_ links: [ModemLink]) -> [String] {
        links.compactMap { link in
            switch link.condition {
            case .ready where link.status?.isRegistered == false: "modem \(link.name): \(unregistered)"
            case .ready(let identity) where identity.smsc.isEmpty:
                "modem \(link.name): its SIM has no SMSC number, so it cannot send; set it with a phone"
            case .ready, .starting: nil
            case .down(let reason), .needsOperator(let reason): "modem \(link.name): \(reason)"
            }
        }
    }
}
