import Domain
import Store

/// Does units of work on the database, each in a transaction of its own.
package struct StepRunner: Sendable {
    package let store: Store
    package let clock: any WallClock
    package let company: Company

    /// All of `body` or nothing of it, at `moment` or else now. Not interrupted by the caller's cancellation.
    /// - Throws: `StoreError.unavailable` when the database cannot be written, and what `body` throws.
    package func perform<Value: Sendable>(
        at moment: Timestamp? = nil, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (moment ?? clock.now, company)
        return try await store.write { try body(Step($0, at: now, for: company)) }
    }

    /// All of `body` or nothing of it, and the rows of an import are seen too.
    package func perform<Value: Sendable>(
        with stage: ImportStage, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (clock.now, company)
        return try await store.write(with: stage) { try body(Step($0, at: now, for: company)) }
    }

    /// Does a step and takes it back, whether it goes well or throws.
    package func rehearse(_ body: @escaping @Sendable (Step) throws -> Void) async {
        struct TakenBack: Error {}
        try? await perform { step in
            try body(step)
            throw TakenBack()
        }
    }

    /// A consistent view for reading, while others write.
    /// - Throws: `StoreError.unavailable` when the database cannot be read, and what `body` throws.
    package func read<Value: Sendable>(
        at moment: Timestamp? = nil, _ body: @escaping @Sendable (Step) throws -> Value
    ) async throws -> Value {
        let (now, company) = (moment ?? clock.now, company)
        return try await store.read { try body(Step($0, at: now, for: company)) }
    }
}
