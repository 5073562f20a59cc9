import Domain
import Logging
import Messages
import Store
import Workers

/// The parts that the stations and desks are put together from. Each takes from it what it needs, and keeps no more.
package struct Gateway: Sendable {
    /// Does units of work on the database.
    package let steps: StepRunner
    package let settings: GatewaySettings
    package let library: CurrentLibrary
    package let issuer: TokenIssuer
    package let logger: Logger
    /// Tries steps in a process of its own that did not end; `nil` where none is to be had.
    package let rehearsing: (any Rehearsing)?
    package let importGate = ImportGate()
    /// The modems, once they are put together.
    package let modems = Modems()

    package var store: Store { steps.store }
    package var clock: any WallClock { steps.clock }
    package var company: Company { steps.company }

    package init(
        store: Store, company: Company, settings: GatewaySettings, library: CurrentLibrary, issuer: TokenIssuer,
        clock: any WallClock, logger: Logger, rehearsing: (any Rehearsing)? = nil
    ) {
        steps = StepRunner(store: store, clock: clock, company: company)
        self.settings = settings
        self.library = library
        self.issuer = issuer
        self.logger = logger
        self.rehearsing = rehearsing
    }

    /// A modem may have become ready, or stopped being so: links call this at each look, the event is of the change.
    package func modemsChanged() {
        store.signals.wake(.outbox)
        guard let words = modems.news() else { return }
        Task { try? await steps.perform { try $0.announce(.modemChanged, 0, words) } }
    }
}
