import NIOConcurrencyHelpers

/// Remembers which PINs were given to the SIM of one modem, so that none is given twice: three wrong ones lock a SIM.
package protocol PINMemory: Sendable {
    /// Called before a PIN is given. Notes it and returns `nil`, or returns why the PIN must not be given.
    func willGive(_ pin: String) async throws -> String?
    /// The SIM refused the PIN that was noted last. Returns what a person should do.
    func refused() async throws -> String
    /// The SIM is unlocked: what was given to it is forgotten.
    func unlocked() async throws
}

/// Remembers PINs until the process ends.
package final class PINsOfThisRun: PINMemory {
    private let given = NIOLockedValueBox<Set<String>>([])

    package init() {}

    package func willGive(_ pin: String) -> String? {
        given.withLockedValue { $0.insert(pin).inserted } ? nil : "this PIN was given to the SIM before"
    }

    package func refused() -> String { "the SIM refused this PIN" }

    package func unlocked() { given.withLockedValue { $0 = [] } }
}
