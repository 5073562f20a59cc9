import NIOConcurrencyHelpers

/// Allows one import at a time. Two would need twice the memory, and one could reject rows that the other imports.
package final class ImportGate: Sendable {
    package struct Busy: Error, Sendable, CustomStringConvertible {
        package let kind: ImportKind

        package var description: String { "an import of \(kind.rawValue) is running; try again when it has finished" }
    }

    private let inside = NIOLockedValueBox<ImportKind?>(nil)

    func enter(_ kind: ImportKind) throws(Busy) {
        let earlier = inside.withLockedValue { inside in
            defer { inside = inside ?? kind }
            return inside
        }
        if let earlier { throw Busy(kind: earlier) }
    }

    func leave() { inside.withLockedValue { $0 = nil } }
}
