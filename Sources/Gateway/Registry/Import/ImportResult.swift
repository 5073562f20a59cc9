import Domain
import Messages
import NIOConcurrencyHelpers
import Store
import StrictTOML
import Tokens

/// What an import did, or why it did nothing: all rows or none.
package struct ImportResult: Sendable, Hashable {
    /// More are not looked for: a file of another kind has a fault in every row.
    static let mostBadRows = 1_000

    package struct BadRow: Sendable, Hashable {
        package let line: Int
        package let reason: String
    }

    package var kind: ImportKind
    package var rows: Int
    package var bad: [BadRow]
    package var isDryRun: Bool
    /// The very same file was brought in then, and nothing was done now.
    package var importedAt: Timestamp?
}
