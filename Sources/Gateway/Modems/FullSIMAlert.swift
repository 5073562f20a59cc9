import Domain
import ModemLink
import Store

/// Tells staff of a modem whose SIM fills up: when it is full, the network holds payments back and nobody hears of them.
package struct FullSIMAlert {
    /// A burst of messages fills a SIM for moments.
    private static let tolerated = Duration.seconds(120)

    package init() {}

    /// Notes each modem once a day.
    func look(_ links: [ModemLink], _ step: Step) throws {
        try look(links.map { ($0.name, $0.fullFor) }, step)
    }

    /// `fullFor`: how long each modem has been nearly full.
    package func look(_ modems: [(name: String, fullFor: Duration?)], _ step: Step)
        throws
    {
        for (name, duration) in modems {
            guard let duration, duration >= Self.tolerated else { continue }
            try step.alerts.noteOnce(
                .notice,
                [
                    "text": "the SIM of modem \(name) is more than \(ModemLink.nearlyFull)% full and does not empty"
                ], since: step.ago(.seconds(86_400)), at: step.now)
        }
    }
}
