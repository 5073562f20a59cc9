import Domain
import GRDB

/// The threads of tickets and the phones that take part.
extension TicketRecords {
    /// Adds an entry to a thread. The phone of a customer's or contractor's entry joins the conversation.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    @discardableResult
    package func add(_ entry: ThreadEntry, to id: TicketID) throws -> EntryID {
        try database.execute(
            sql: """
                INSERT INTO ticket_entry (ticket_id, at, author, name, phone, body, is_note, inbox_message_id)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                id.number, entry.at.milliseconds, entry.author.rawValue, entry.name, entry.phone?.e164, entry.body,
                entry.isNote, entry.message?.number,
            ])
        let number = EntryID(transaction.lastRow)
        try database.execute(
            sql: "UPDATE ticket SET updated_at = ? WHERE id = ?", arguments: [entry.at.milliseconds, id.number])
        if let phone = entry.phone, entry.author == .customer || entry.author == .contractor {
            try join(phone, id, at: entry.at)
        }
        try transaction.events.note(.ticketEntry, id.number, entry.author.rawValue, at: entry.at)
        return number
    }

    /// Adds a phone to the conversation, or updates when it was last used.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func join(_ phone: PhoneNumber, _ id: TicketID, at now: Timestamp) throws {
        try database.execute(
            sql: """
                INSERT INTO ticket_phone (ticket_id, phone, last_at) VALUES (?, ?, ?)
                ON CONFLICT (ticket_id, phone) DO UPDATE SET last_at = excluded.last_at
                """, arguments: [id.number, phone.e164, now.milliseconds])
    }

    /// The entries of a thread, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func entries(of id: TicketID) throws -> [ThreadEntry] {
        try Row.fetchAll(
            database, sql: "SELECT * FROM ticket_entry WHERE ticket_id = ? ORDER BY id", arguments: [id.number]
        ).map { row in
            var entry = ThreadEntry(
                try row.known("author", of: "ticket_entry"), name: row["name"],
                phone: (row["phone"] as String?).flatMap { PhoneNumber(e164: $0) }, row["body"],
                at: Timestamp(milliseconds: row["at"]))
            entry.id = EntryID(row["id"])
            entry.isNote = row["is_note"]
            entry.message = (row["inbox_message_id"] as Int64?).map(InboxMessageID.init)
            return entry
        }
    }

    /// The phones of a conversation, the last used first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func phones(of id: TicketID) throws -> [PhoneNumber] {
        try String.fetchAll(
            database, sql: "SELECT phone FROM ticket_phone WHERE ticket_id = ? ORDER BY last_at DESC, phone",
            arguments: [id.number]
        ).compactMap { PhoneNumber(e164: $0) }
    }

    /// The phones of many conversations by their tickets, in the order of `phones(of:)`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func phones(ofAll tickets: [TicketID]) throws -> [TicketID: [PhoneNumber]] {
        try transaction.rows(
            of: tickets.map(\.number), by: "ticket_id",
            "SELECT ticket_id, phone FROM ticket_phone WHERE ticket_id IN (#) ORDER BY last_at DESC, phone"
        ).reduce(into: [:]) { phones, ticket in
            phones[TicketID(ticket.key)] = ticket.value.compactMap { PhoneNumber(e164: $0["phone"] as String) }
        }
    }

    /// The last message of staff in a thread, internal notes excluded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func lastWord(of id: TicketID) throws -> String? {
        try String.fetchOne(
            database,
            sql: """
                SELECT body FROM ticket_entry WHERE ticket_id = ? AND author = 'staff' AND is_note = 0 ORDER BY id DESC LIMIT 1
                """, arguments: [id.number])
    }
}
