import NIOConcurrencyHelpers

/// One import at a time: two would take the memory of two, and each might refuse what the other brings in.
package final class ImportGate: Sendable {
    package struct Busy: Error, Sendable, CustomStringConvertible {
        package let kind: ImportKind

        package var description: String { "an import of \(kind.rawValue) is under way; try again when it has ended" }
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
