import GRDB
import Domain

/// Reminders of instalments.
package struct ReminderRecords {
    let transaction: Transaction

    /// When a reminder is sent: before or after the due date.
    package enum Kind: String, Sendable, CaseIterable {
        case before
        case after
    }

    /// Unpaid instalments due on `oldest` or later whose reminder of this kind is due on `today` and has not been sent.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func due(_ kind: Kind, on today: CalendarDate, from oldest: CalendarDate, limit: Int) throws
        -> [DueInstalment]
    {
        let condition =
            switch kind {
            case .before: "due >= :today AND date(due, '-' || remind_before || ' days') <= :today"
            case .after: "due >= :oldest AND date(due, '+' || remind_after || ' days') <= :today"
            }
        return try transaction.rows(
            """
            SELECT instalment.id, customer_id, sale.name, due, cost - paid AS open FROM instalment
            JOIN sale ON sale.id = sale_id JOIN appliance ON appliance.id = appliance_id
            WHERE is_replaced = 0 AND paid < cost AND due BETWEEN :oldest AND :latest AND \(condition) AND NOT EXISTS
            (SELECT 1 FROM instalment_reminder WHERE instalment_id = instalment.id AND kind = :kind)
            ORDER BY due, instalment.id LIMIT :limit
            """,
            [
                "today": today.description, "oldest": oldest.description, "kind": kind.rawValue, "limit": limit,
                // The longest reminder period is 60 days.
                "latest": today.adding(days: 60).description,
            ]
        ).compactMap { row in
            CalendarDate(row["due"] as String).map {
                DueInstalment(
                    id: InstalmentID(row["id"]), customer: CustomerID(row["customer_id"]), name: row["name"], due: $0,
                    open: Money(minor: row["open"]))
            }
        }
    }

    /// Records a reminder.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func note(_ instalment: InstalmentID, _ kind: Kind, at now: Timestamp) throws {
        try transaction.run(
            "INSERT INTO instalment_reminder (instalment_id, kind, at) VALUES (?, ?, ?)",
            [instalment.number, kind.rawValue, now.milliseconds])
    }

    /// Cancels the queued reminders of an instalment, because it was paid or replaced.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func withdraw(_ instalment: InstalmentID, at now: Timestamp) throws {
        for kind in Kind.allCases.map(\.rawValue) {
            let prefix = "reminder/\(instalment)/\(kind)/"
            try transaction.run(
                """
                UPDATE outbox_message SET state = 'cancelled', updated_at = ?
                WHERE dedupe_key >= ? AND dedupe_key < ? AND state = 'queued'
                """, [now.milliseconds, prefix, prefix + "~"])
            // A cancelled reminder may be sent later, with the amounts outstanding then.
            guard transaction.database.changesCount > 0 else { continue }
            // Its message may have covered other instalments of the sale too; their reminders have the same time.
            try transaction.run(
                """
                DELETE FROM instalment_reminder WHERE kind = ?
                AND at = (SELECT at FROM instalment_reminder WHERE instalment_id = ? AND kind = ?)
                AND instalment_id IN (SELECT id FROM instalment WHERE sale_id = (SELECT sale_id FROM instalment WHERE id = ?))
                """, [kind, instalment.number, kind, instalment.number])
        }
    }
}

extension Transaction {
    package var reminders: ReminderRecords { ReminderRecords(transaction: self) }
}
