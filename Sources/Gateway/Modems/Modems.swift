import ModemLink
import NIOConcurrencyHelpers

/// The modems in use, for whoever tells of them.
package final class Modems: Sendable {
    private let box = NIOLockedValueBox<[Dispatcher.Lane]>([])
    private let told = NIOLockedValueBox("")

    package var links: [ModemLink] { box.withLockedValue { $0.map(\.link) } }
    var limits: [ModemLimits] { box.withLockedValue { $0.map(\.limits) } }
    package func use(_ lanes: [Dispatcher.Lane]) { box.withLockedValue { $0 = lanes } }

    /// Which modems are ready and which away, when that is another than at the last call.
    func news() -> String? {
        let words = links.map { "\($0.name) \($0.isReady ? "ready" : "away")" }.joined(separator: ", ")
        return told.withLockedValue { told in
            defer { told = words }
            return told == words ? nil : words
        }
    }
}
