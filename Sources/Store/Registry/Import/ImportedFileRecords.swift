import GRDB
import Domain
import Foundation

/// Imported files by their hash: importing the same file again changes nothing.
package struct ImportedFileRecords {
    let transaction: Transaction

    /// The number of rows and the time of an earlier import of the file; `nil` if it was not imported.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func find(_ kind: String, _ hash: [UInt8]) throws -> (rows: Int, at: Timestamp)? {
        try transaction.rows(
            "SELECT rows, at FROM imported_file WHERE kind = ? AND hash = ?", [kind, Data(hash)]
        ).first.map { ($0["rows"], Timestamp(milliseconds: $0["at"])) }
    }

    /// Records an imported file.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func keep(_ kind: String, _ hash: [UInt8], rows: Int, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO imported_file (kind, hash, rows, at) VALUES (?, ?, ?, ?)
            ON CONFLICT (kind, hash) DO UPDATE SET rows = excluded.rows, at = excluded.at
            """, [kind, Data(hash), rows, now.milliseconds])
    }
}

extension Transaction {
    package var importedFiles: ImportedFileRecords { ImportedFileRecords(transaction: self) }
}
