import Domain
import Store
import ModemLink

/// Alerts staff when the SIM of a modem is nearly full. Once it is full, the network holds back payment messages.
package struct FullSIMAlert {
    /// A burst of messages can fill a SIM for a short time without being a fault.
    private static let tolerated = Duration.seconds(120)

    package init() {}

    /// Creates at most one alert per modem and day.
    func look(_ links: [ModemLink], _ step: Step) throws {
        try look(links.map { ($0.name, $0.fullFor) }, step)
    }

    /// Checks how long each modem's SIM has been nearly full (`fullFor`) and alerts staff.
    /// - Throws: `StoreError`.
    package func look(_ modems: [(name: String, fullFor: Duration?)], _ step: Step)
        throws
    {
        for (name, duration) in modems {
            guard let duration, duration >= Self.tolerated else { continue }
            try step.alerts.noteOnce(
                .notice,
                [
                    "text": "the SIM of modem \(name) is more than \(ModemLink.nearlyFull)% full and is not emptying"
                ], since: step.ago(.seconds(86_400)), at: step.now)
        }
    }
}
