import Domain
import Store

/// Runs steps on the database, each in its own transaction.
package struct StepRunner: Sendable {
    package let store: Store
    package let clock: any WallClock
    package let company: Company

    /// Runs `body` in one transaction, at time `moment` or now. Cancelling the caller does not interrupt it.
    /// - Throws: `StoreError.unavailable` if the database cannot be written, and the errors of `body`.
    package func perform<Value: Sendable>(
        at moment: Timestamp? = nil, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (moment ?? clock.now, company)
        return try await store.write { try body(Step($0, at: now, for: company)) }
    }

    /// Runs `body` in one transaction that also sees the staged rows of an import.
    /// - Throws: `StoreError.unavailable` if the database cannot be written, and the errors of `body`.
    package func perform<Value: Sendable>(
        with stage: ImportStage, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (clock.now, company)
        return try await store.write(with: stage) { try body(Step($0, at: now, for: company)) }
    }

    /// Runs a step and always rolls it back, whether it succeeds or throws.
    package func rehearse(_ body: @escaping @Sendable (Step) throws -> Void) async {
        struct TakenBack: Error {}
        try? await perform { step in
            try body(step)
            throw TakenBack()
        }
    }

    /// Runs `body` on a consistent snapshot for reading, while others write.
    /// - Throws: `StoreError.unavailable` if the database cannot be read, and the errors of `body`.
    package func read<Value: Sendable>(
        at moment: Timestamp? = nil, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (moment ?? clock.now, company)
        return try await store.read { try body(Step($0, at: now, for: company)) }
    }
}
