import Domain
import GRDB

/// Customers' USSD sessions at aggregators.
package struct MenuSessionRecords {
    let transaction: Transaction

    /// A session; `nil` if it is unknown.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func session(_ aggregator: String, _ id: String) throws -> MenuSession? {
        try transaction.rows("SELECT * FROM menu_session WHERE aggregator = ? AND session = ?", [aggregator, id]).first
            .map(MenuSession.init)
    }

    /// Stores a session in its new state.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func keep(_ session: MenuSession) throws {
        try transaction.run(
            """
            INSERT INTO menu_session (aggregator, session, phone, place, path, request, answer, is_open, begun_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (aggregator, session) DO UPDATE SET
            phone = excluded.phone, place = excluded.place, path = excluded.path, request = excluded.request,
            answer = excluded.answer, is_open = excluded.is_open, begun_at = excluded.begun_at,
            updated_at = excluded.updated_at
            """,
            [
                session.aggregator, session.id, session.phone.e164, session.place, session.path, session.request,
                session.answer, session.isOpen, session.begunAt.milliseconds, session.updatedAt.milliseconds,
            ])
    }

    /// Deletes the sessions that nobody has used since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func forget(before moment: Timestamp) throws {
        try transaction.run("DELETE FROM menu_session WHERE updated_at < ?", [moment.milliseconds])
    }
}

extension MenuSession {
    fileprivate init(row: Row) throws {
        guard let phone = PhoneNumber(e164: row["phone"] as String) else {
            throw StoreError.unknownValue(row["phone"], column: "menu_session.phone", row: 0)
        }
        self.init(
            aggregator: row["aggregator"], id: row["session"], phone: phone, place: row["place"], path: row["path"],
            request: row["request"], answer: row["answer"], isOpen: row["is_open"],
            begunAt: Timestamp(milliseconds: row["begun_at"]), updatedAt: Timestamp(milliseconds: row["updated_at"]))
    }
}

extension Transaction {
    package var menuSessions: MenuSessionRecords { MenuSessionRecords(transaction: self) }
}
