import Domain
import GRDB

/// The settings that a phone's user chose by SMS: language and opt-out.
package struct PhoneChoiceRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// The chosen language; `nil` if none was chosen.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func language(of phone: PhoneNumber) throws -> String? {
        try String.fetchOne(
            database, sql: "SELECT language FROM phone_choice WHERE phone = ?", arguments: [phone.e164])
    }

    /// Sets the language of a phone.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func choose(language: String, for phone: PhoneNumber) throws {
        try database.execute(
            sql: """
                INSERT INTO phone_choice (phone, language) VALUES (?, ?)
                ON CONFLICT (phone) DO UPDATE SET language = excluded.language
                """, arguments: [phone.e164, language])
    }

    /// Whether the phone opted out of broadcasts and reminders.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func isOptedOut(_ phone: PhoneNumber) throws -> Bool {
        try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM phone_choice WHERE phone = ? AND opted_out_at IS NOT NULL)",
            arguments: [phone.e164]) ?? false
    }

    /// Opts a phone out of broadcasts and reminders, or in again.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setOptedOut(_ isOut: Bool, _ phone: PhoneNumber, at now: Timestamp) throws {
        try database.execute(
            sql: """
                INSERT INTO phone_choice (phone, opted_out_at) VALUES (?, ?)
                ON CONFLICT (phone) DO UPDATE SET opted_out_at = excluded.opted_out_at
                """, arguments: [phone.e164, isOut ? now.milliseconds : nil])
    }

    /// All phones that opted out, in E.164 form.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func optedOut() throws -> Set<String> {
        try String.fetchSet(database, sql: "SELECT phone FROM phone_choice WHERE opted_out_at IS NOT NULL")
    }
}

extension Transaction {
    package var choices: PhoneChoiceRecords { PhoneChoiceRecords(transaction: self) }
}
