import ModemLink
import Workers
import Domain
import Logging
import Store

/// The shared parts that desks and workers are built from. Each takes the parts it needs.
package struct Gateway: Sendable {
    /// Runs steps on the database.
    package let steps: StepRunner
    package let settings: GatewaySettings
    package let library: CurrentLibrary
    package let issuer: TokenIssuer
    package let logger: Logger
    /// Rehearses items that crashed in a separate process; `nil` if that is not available.
    package let rehearsing: (any Rehearsing)?
    package let importGate = ImportGate()
    /// The modems, available once they are set up.
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

    /// Signals that a modem may have become ready or unavailable. Links call this at each check; an event is recorded
    /// only if the state changed.
    package func modemsChanged() {
        store.signals.wake(.outbox)
        let changed = modems.changed().map { ($0.name, $0.condition.state.rawValue, $0.condition.reason) }
        let words = modems.news()
        guard words != nil || !changed.isEmpty else { return }
        Task {
            try? await steps.perform { step in
                for (name, state, reason) in changed {
                    try step.modemHistory.add(
                        ModemHistoryEntry(state: state, reason: reason, at: step.now), of: name)
                }
                if let words { try step.announce(.modemChanged, 0, words) }
            }
        }
    }
}
