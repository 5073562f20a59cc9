import Domain
import GRDB

/// Numbers that answer by machine.
package struct AnsweringMachineRecords {
    let transaction: Transaction

    /// When a machine wrote last; `nil` for a person's number.
    package func lastSeen(_ phone: PhoneNumber) throws -> Timestamp? {
        try transaction.rows("SELECT last_at FROM answering_machine WHERE phone = ?", [phone.e164]).first
            .map { Timestamp(milliseconds: $0["last_at"]) }
    }

    package func see(_ phone: PhoneNumber, at now: Timestamp) throws {
        try transaction.run(
            """
            INSERT INTO answering_machine (phone, since, last_at) VALUES (?, ?, ?)
            ON CONFLICT (phone) DO UPDATE SET last_at = excluded.last_at
            """, [phone.e164, now.milliseconds, now.milliseconds])
    }

    package func forget(_ phone: PhoneNumber) throws {
        try transaction.run("DELETE FROM answering_machine WHERE phone = ?", [phone.e164])
    }
}

extension Transaction {
    package var answeringMachines: AnsweringMachineRecords { AnsweringMachineRecords(transaction: self) }
}
