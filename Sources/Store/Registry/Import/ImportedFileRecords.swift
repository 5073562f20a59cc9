import Domain
import Foundation
import GRDB

/// Files that were brought in, by their hash: the same one again changes nothing.
package struct ImportedFileRecords {
    let transaction: Transaction

    package func find(_ kind: String, _ hash: [UInt8]) throws -> (rows: Int, at: Timestamp)? {
        try transaction.rows(
            "SELECT rows, at FROM imported_file WHERE kind = ? AND hash = ?", [kind, Data(hash)]
        ).first.map { ($0["rows"], Timestamp(milliseconds: $0["at"])) }
    }

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
