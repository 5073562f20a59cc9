import GRDB
import Domain
import Foundation

/// PINs that were sent to SIMs and have not unlocked them, as salted hashes.
package struct PINRecords {
    let transaction: Transaction

    /// The PINs sent to this modem's SIM since it was last seen unlocked.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func given(to modem: String) throws -> [GivenPIN] {
        try transaction.rows("SELECT id, salt, hash, refused_at FROM given_pin WHERE modem = ? ORDER BY id", [modem])
            .map { row in
                let (salt, hash): (Data, Data) = (row["salt"], row["hash"])
                let refusedAt: Int64? = row["refused_at"]
                return GivenPIN(id: row["id"], salt: [UInt8](salt), hash: [UInt8](hash), isRefused: refusedAt != nil)
            }
    }

    /// Records that a PIN is about to be sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func give(to modem: String, salt: [UInt8], hash: [UInt8], at now: Timestamp) throws {
        try transaction.run(
            "INSERT INTO given_pin (modem, salt, hash, given_at) VALUES (?, ?, ?, ?)",
            [modem, Data(salt), Data(hash), now.milliseconds])
    }

    /// Records that the SIM refused the PIN sent last.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func refuseLast(of modem: String, at now: Timestamp) throws {
        try transaction.run(
            """
            UPDATE given_pin SET refused_at = ?
            WHERE id = (SELECT MAX(id) FROM given_pin WHERE modem = ?) AND refused_at IS NULL
            """, [now.milliseconds, modem])
    }

    /// Deletes the PINs of a modem, because its SIM is unlocked.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func forget(_ modem: String) throws {
        try transaction.run("DELETE FROM given_pin WHERE modem = ?", [modem])
    }
}

extension Transaction {
    package var pins: PINRecords { PINRecords(transaction: self) }
}
