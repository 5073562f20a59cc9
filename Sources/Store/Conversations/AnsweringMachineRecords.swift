import GRDB
import Domain

/// Phones that reply automatically.
package struct AnsweringMachineRecords {
    let transaction: Transaction

    /// When the phone last sent an automatic text; `nil` for a phone not known to do so.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func lastSeen(_ phone: PhoneNumber) throws -> Timestamp? {
        try transaction.rows("SELECT last_at FROM answering_machine WHERE phone = ?", [phone.e164]).first
            .map { Timestamp(milliseconds: $0["last_at"]) }
    }

    /// Records that the phone sent an automatic text.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func see(_ phone: PhoneNumber, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO answering_machine (phone, since, last_at) VALUES (?, ?, ?)
            ON CONFLICT (phone) DO UPDATE SET last_at = excluded.last_at
            """, [phone.e164, now.milliseconds, now.milliseconds])
    }

    /// Removes the phone's record.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func forget(_ phone: PhoneNumber) throws {
        try transaction.run("DELETE FROM answering_machine WHERE phone = ?", [phone.e164])
    }
}

extension Transaction {
    package var answeringMachines: AnsweringMachineRecords { AnsweringMachineRecords(transaction: self) }
}
