import Domain
import GRDB

/// An open instalment whose customer may want to be reminded.
package struct DueInstalment: Sendable, Hashable {
    package let id: InstalmentID
    package let customer: CustomerID
    package let name: String
    package let due: CalendarDate
    package let open: Money
    /// Days before and after, as its appliance says.
    package let remindBefore: Int?
    package let remindAfter: Int?
}

/// Who was reminded of which instalment.
package struct ReminderRecords {
    let transaction: Transaction

    /// Open instalments due in a range of days that were not reminded of in this way.
    package func due(_ days: ClosedRange<CalendarDate>, without kind: String, limit: Int) throws -> [DueInstalment] {
        try transaction.rows(
            """
            SELECT instalment.id, customer_id, sale.name, due, cost - paid AS open, remind_before, remind_after FROM instalment
            JOIN sale ON sale.id = sale_id JOIN appliance ON appliance.id = appliance_id
            WHERE is_replaced = 0 AND paid < cost AND due BETWEEN ? AND ? AND NOT EXISTS
            (SELECT 1 FROM instalment_reminder WHERE instalment_id = instalment.id AND kind = ?)
            AND CASE ? WHEN 'before' THEN remind_before ELSE remind_after END IS NOT NULL ORDER BY due, instalment.id LIMIT ?
            """, [days.lowerBound.description, days.upperBound.description, kind, kind, limit]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                DueInstalment(
                    id: InstalmentID(row["id"]), customer: CustomerID(row["customer_id"]), name: row["name"], due: $0,
                    open: Money(minor: row["open"]), remindBefore: row["remind_before"],
                    remindAfter: row["remind_after"])
            }
        }
    }

    /// The longest times before and after that any appliance wants.
    package func reach() throws -> (before: Int?, after: Int?) {
        let row = try transaction.rows(
            "SELECT MAX(remind_before) AS before, MIN(remind_after) AS after FROM appliance", []
        ).first
        return (row?["before"], row?["after"])
    }

    package func note(_ instalment: InstalmentID, _ kind: String, at now: Timestamp) throws {
        try transaction.run(
            "INSERT INTO instalment_reminder (instalment_id, kind, at) VALUES (?, ?, ?)",
            [instalment.number, kind, now.milliseconds])
    }

    /// Takes reminders back that have not gone out: their instalment was paid, or is another one now.
    package func withdraw(_ instalment: InstalmentID, at now: Timestamp) throws {
        for kind in ["before", "after"] {
            let prefix = "reminder/\(instalment)/\(kind)/"
            try transaction.run(
                """
                UPDATE outbox_message SET state = 'cancelled', updated_at = ?
                WHERE dedupe_key >= ? AND dedupe_key < ? AND state = 'queued'
                """, [now.milliseconds, prefix, prefix + "~"])
            // What was not said may be said later, of what is open then.
            guard transaction.database.changesCount > 0 else { continue }
            try transaction.run(
                "DELETE FROM instalment_reminder WHERE instalment_id = ? AND kind = ?", [instalment.number, kind])
        }
    }
}

extension Transaction {
    package var reminders: ReminderRecords { ReminderRecords(transaction: self) }
}
