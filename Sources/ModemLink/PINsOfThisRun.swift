import NIOConcurrencyHelpers

/// Remembers PINs until the process ends.
package final class PINsOfThisRun: PINMemory {
    private let given = NIOLockedValueBox<Set<String>>([])

    package init() {}

    package func willGive(_ pin: String) -> String? {
        given.withLockedValue { $0.insert(pin).inserted } ? nil : "this PIN was sent to the SIM before"
    }

    package func refused() -> String { "the SIM refused this PIN" }

    package func unlocked() { given.withLockedValue { $0 = [] } }
}
