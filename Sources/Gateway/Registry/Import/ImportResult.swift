import Domain

/// The result of an import. Either all rows are imported or none.
package struct ImportResult: Sendable, Hashable {
    /// The check stops after this many bad rows, because a file of the wrong kind has a fault in every row.
    static let mostBadRows = 1_000

    package struct BadRow: Sendable, Hashable {
        package let line: Int
        package let reason: String
    }

    package var kind: ImportKind
    package var rows: Int
    package var bad: [BadRow]
    package var isDryRun: Bool
    /// When the identical file was imported before; in that case nothing was imported now.
    package var importedAt: Timestamp?
}
