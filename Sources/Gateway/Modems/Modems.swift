import ModemLink
import NIOConcurrencyHelpers

/// The modems in use.
package final class Modems: Sendable {
    private let box = NIOLockedValueBox<[Dispatcher.Lane]>([])
    private let told = NIOLockedValueBox("")

    package var links: [ModemLink] { box.withLockedValue { $0.map(\.link) } }
    var limits: [ModemLimits] { box.withLockedValue { $0.map(\.limits) } }
    package func use(_ lanes: [Dispatcher.Lane]) { box.withLockedValue { $0 = lanes } }

    private let states = NIOLockedValueBox<[String: ModemLink.Condition]>([:])

    /// The modems whose state has changed since the last call.
    func changed() -> [ModemLink] {
        links.filter { link in
            let condition = link.condition
            return states.withLockedValue { $0.updateValue(condition, forKey: link.name) } != condition
        }
    }

    /// The state of each modem, ready or away, or `nil` if it has not changed since the last call.
    func news() -> String? {
        let words = links.map { "\($0.name) \($0.isReady ? "ready" : "away")" }.joined(separator: ", ")
        return told.withLockedValue { told in
            defer { told = words }
            return told == words ? nil : words
        }
    }
}
