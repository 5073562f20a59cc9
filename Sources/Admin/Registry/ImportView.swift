import Domain
import Foundation
import Gateway

package struct ImportView: Codable, Sendable {
    package struct BadRow: Codable, Sendable {
        package var line: Int
        package var reason: String
    }

    package var kind: String
    package var rows: Int
    package var imported: Int
    package var dryRun: Bool
    /// When the same file was imported before. In that case nothing is imported.
    package var importedAlready: String?
    package var bad: [BadRow]

    init(_ result: ImportResult) {
        kind = result.kind.rawValue
        rows = result.rows
        imported = result.bad.isEmpty && !result.isDryRun && result.importedAt == nil ? result.rows : 0
        importedAlready = result.importedAt.map { $0.rfc3339 }
        dryRun = result.isDryRun
        bad = result.bad.map { BadRow(line: $0.line, reason: $0.reason) }
    }
}
