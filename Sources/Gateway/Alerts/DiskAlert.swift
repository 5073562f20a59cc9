import Domain
import Store
import ModemLink
import Messages
import ModemMessages

/// Alerts staff when the database cannot be written. It sends directly through a modem, because the outbox is in the
/// database.
actor DiskAlert {
    /// Failures that end sooner are not reported.
    private static let tolerated = Duration.seconds(20)
    private static let pause = Duration.seconds(6 * 3_600)

    private let notifier: Notifier
    private let modems: Modems
    private let steps: StepRunner
    private let clock = ContinuousClock()
    private var since: ContinuousClock.Instant?
    private var told: ContinuousClock.Instant?

    init(_ gateway: Gateway) {
        notifier = Notifier(gateway)
        modems = gateway.modems
        steps = gateway.steps
    }

    func works() { since = nil }

    /// Records that the database could not be written just now, and alerts staff if this has lasted.
    func fails() async {
        let since = since ?? clock.now
        self.since = since
        guard clock.now - since >= Self.tolerated, told.map({ clock.now - $0 >= Self.pause }) ?? true,
            let link = modems.links.first(where: \.isReady)
        else { return }
        let post = notifier
        let texts = try? await steps.read { step in
            try step.people.active(.staff).flatMap(\.phones).map {
                ($0, OutgoingText(try post.text(.alertDisk, post.languages(of: $0, step), [:])))
            }
        }
        told = clock.now
        for (phone, text) in texts ?? [] {
            for (index, part) in text.parts.enumerated() {
                let place =
                    text.parts.count > 1
                    ? PartPlace(reference: 0, total: text.parts.count, number: index + 1, isWide: false) : nil
                // TP-VP 167 is a validity of one day (3GPP TS 23.040, 9.2.3.12.1).
                _ = await link.send(
                    OutgoingPart(
                        recipient: phone.e164, text: part, isUCS2: text.coding == .ucs2, concatenation: place,
                        wantsReport: false, validity: 167))
            }
        }
    }
}
