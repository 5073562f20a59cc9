import Domain
import Logging
import Messages
import ModemLink
import NIOConcurrencyHelpers
import Store

/// What all stations share, and the bells by which each wakes the next.
package struct Gateway: Sendable {
    package let store: Store
    package let company: Company
    package let settings: GatewaySettings
    package let library: CurrentLibrary
    package let issuer: TokenIssuer
    package let clock: any WallClock
    package let logger: Logger
    /// Messages wait to be handled.
    package let inboxBell = Bell()
    /// Something may be due that the scheduler does.
    package let scheduleBell = Bell()
    /// Makers wait to be asked for tokens: one bell for each.
    package let tokenBells: [String: Bell]
    /// Messages wait to be sent.
    package let outboxBells: OutboxBells
    /// Tries steps in a process of its own that did not end; `nil` where none is to be had.
    package let rehearsing: (any Rehearsing)?
    package let importGate = ImportGate()
    /// The modems, once they are put together.
    package let modems = Modems()

    package init(
        store: Store, company: Company, settings: GatewaySettings, library: CurrentLibrary, issuer: TokenIssuer,
        clock: any WallClock, logger: Logger, modems: [String], rehearsing: (any Rehearsing)? = nil
    ) {
        self.store = store
        self.company = company
        self.settings = settings
        self.library = library
        self.issuer = issuer
        self.clock = clock
        self.logger = logger
        self.rehearsing = rehearsing
        outboxBells = OutboxBells(modems: modems)
        tokenBells = issuer.vendors.mapValues { _ in Bell() }
    }

    /// A modem may have become ready, or stopped being so: links call this at each look, the event is of the change.
    package func modemsChanged() {
        outboxBells.ring()
        guard let words = modems.news() else { return }
        let now = clock.now
        Task { try? await store.write { try $0.events.note(.modemChanged, 0, words, at: now) } }
    }
}

/// One bell for each modem, rung together: whoever is free takes the message.
package struct OutboxBells: Sendable {
    private let bells: [String: Bell]

    init(modems: [String]) { bells = Dictionary(modems.map { ($0, Bell()) }) { first, _ in first } }

    package func ring() { for bell in bells.values { bell.ring() } }
    func bell(of modem: String) -> Bell? { bells[modem] }
}

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
