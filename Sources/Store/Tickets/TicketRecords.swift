import Domain
import GRDB

/// Tickets and their threads.
package struct TicketRecords {
    let transaction: Transaction
    var database: Database { transaction.database }

    // MARK: Tickets

    /// Opens a ticket that has no cause.
    /// - Throws: `StoreError.unknownCategory` if the category does not exist; `.unavailable`.
    package func open(_ ticket: Ticket) throws -> TicketID {
        guard let id = try openOnce(ticket) else { throw StoreError.unknownCategory(ticket.category) }
        return id
    }

    /// Opens a ticket; `nil` if its cause has already opened one or its category does not exist.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func openOnce(_ ticket: Ticket) throws -> TicketID? {
        try database.execute(
            sql: """
                INSERT INTO ticket (category_id, subject, priority, status, assignee_id, due, customer_id, device_id, mini_grid_id,
                is_outage, cause, created_at, updated_at)
                SELECT id, ?, ?, ?, ?, ?, ?, ?, (SELECT id FROM mini_grid WHERE name = ?), ?, ?, ?, ? FROM category
                WHERE name = ? ON CONFLICT (cause) DO NOTHING
                """,
            arguments: [
                ticket.subject, ticket.priority.rawValue, ticket.status.rawValue, ticket.assignee?.number,
                ticket.due?.description, ticket.customer?.number, ticket.device?.number, ticket.miniGrid,
                ticket.isOutage, ticket.cause?.key, ticket.createdAt.milliseconds, ticket.createdAt.milliseconds,
                ticket.category,
            ])
        guard database.changesCount == 1 else { return nil }
        let id = TicketID(transaction.lastRow)
        try transaction.events.note(.ticketOpened, id.number, ticket.category, at: ticket.createdAt)
        return id
    }

    /// The ticket with an id; `nil` if there is none.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func ticket(_ id: TicketID) throws -> Ticket? { try tickets("ticket.id = ?", [id.number]).first }

    /// Tickets older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func tickets(_ filter: TicketFilter, before: Int64?, limit: Int) throws -> [Ticket] {
        var conditions = ["ticket.id < ?"]
        var arguments: StatementArguments = [before ?? Int64.max]
        func add(_ condition: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            arguments += [value]
        }
        add("ticket.status = ?", filter.status?.rawValue)
        add("category.name = ?", filter.category)
        add("assignee_id = ?", filter.assignee?.number)
        add("customer_id = ?", filter.customer?.number)
        add("mini_grid.name = ?", filter.miniGrid)
        add("ticket.id IN (SELECT ticket_id FROM ticket_phone WHERE phone = ?)", filter.phone?.e164)
        arguments += [limit]
        return try tickets(conditions.joined(separator: " AND ") + " ORDER BY ticket.id DESC LIMIT ?", arguments)
    }

    /// The newest open ticket that is a conversation with a phone, or else with `customer`, changed since `moment`.
    /// Outage tickets are excluded, because replies in them go to everyone who reported the outage; so are jobs.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func conversation(of phone: PhoneNumber, customer: CustomerID?, since moment: Timestamp) throws -> Ticket? {
        let byPhone = try tickets(
            """
            ticket.status <> 'closed' AND is_outage = 0 AND updated_at >= ? AND ticket.id NOT IN (SELECT ticket_id FROM job)
            AND ticket.id IN (SELECT ticket_id FROM ticket_phone WHERE phone = ?)
            ORDER BY (SELECT last_at FROM ticket_phone WHERE ticket_id = ticket.id AND phone = ?) DESC, ticket.id DESC LIMIT 1
            """, [moment.milliseconds, phone.e164, phone.e164]
        ).first
        if let byPhone { return byPhone }
        guard let customer else { return nil }
        return try tickets(
            """
            ticket.status <> 'closed' AND is_outage = 0 AND updated_at >= ? AND customer_id = ? AND ticket.id NOT IN (SELECT ticket_id FROM job)
            ORDER BY updated_at DESC, ticket.id DESC LIMIT 1
            """, [moment.milliseconds, customer.number]
        ).first
    }

    /// The ticket of a phone that was closed last, at `moment` or later, except outage tickets and jobs.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func closedLately(of phone: PhoneNumber, since moment: Timestamp) throws -> Ticket? {
        try tickets(
            """
            ticket.status = 'closed' AND is_outage = 0 AND closed_at >= ? AND ticket.id NOT IN (SELECT ticket_id FROM job)
            AND ticket.id IN (SELECT ticket_id FROM ticket_phone WHERE phone = ?) ORDER BY closed_at DESC LIMIT 1
            """, [moment.milliseconds, phone.e164]
        ).first
    }

    /// The newest open outage ticket of a mini-grid, changed since `moment`.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func outage(in miniGrid: String, since moment: Timestamp) throws -> Ticket? {
        try tickets(
            """
            is_outage = 1 AND ticket.status <> 'closed' AND mini_grid.name = ? AND updated_at >= ?
            ORDER BY ticket.id DESC LIMIT 1
            """, [miniGrid, moment.milliseconds]
        ).first
    }

    func tickets(_ condition: String, _ arguments: StatementArguments) throws -> [Ticket] {
        try Row.fetchAll(
            database,
            sql: """
                SELECT ticket.*, category.name AS category, category.colour AS colour, mini_grid.name AS mini_grid FROM ticket
                JOIN category ON category.id = category_id LEFT JOIN mini_grid ON mini_grid.id = ticket.mini_grid_id
                WHERE \(condition)
                """, arguments: arguments
        ).map(Ticket.init)
    }

    /// The number of tickets with the status open.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openCount() throws -> Int {
        try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM ticket WHERE status = 'open'") ?? 0
    }

    /// The unclosed tickets that the system opened for the matter of a cause.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func openTickets(causedBy cause: TicketCause) throws -> [TicketID] {
        try transaction.rows(
            "SELECT id FROM ticket WHERE cause >= ? AND cause < ? AND status <> 'closed'",
            [cause.matter, cause.matter + "~"]
        ).map { TicketID($0["id"]) }
    }

    // MARK: Changes

    /// Sets the status of a ticket that is not closed.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setStatus(_ status: TicketStatus, of id: TicketID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE ticket SET status = ?, updated_at = ? WHERE id = ? AND status <> 'closed'",
            arguments: [status.rawValue, now.milliseconds, id.number])
    }

    /// Changes the properties of a ticket that are not `nil`.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func change(
        _ id: TicketID, category: String?, priority: TicketPriority?, assignee: PersonID?, due: CalendarDate?,
        at now: Timestamp
    ) throws {
        try database.execute(
            sql: """
                UPDATE ticket SET category_id = COALESCE((SELECT id FROM category WHERE name = ?), category_id),
                priority = COALESCE(?, priority), assignee_id = COALESCE(?, assignee_id), due = COALESCE(?, due) WHERE id = ?
                """,
            arguments: [category, priority?.rawValue, assignee?.number, due?.description, id.number])
        try transaction.events.note(.ticketChanged, id.number, at: now)
    }

    /// Removes the assignee of a ticket.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func unassign(_ id: TicketID) throws {
        try database.execute(sql: "UPDATE ticket SET assignee_id = NULL WHERE id = ?", arguments: [id.number])
    }

    /// Closes a ticket; `false` if it is already closed.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func close(_ id: TicketID, reason: String?, at now: Timestamp) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE ticket SET status = 'closed', close_reason = ?, closed_at = ?, updated_at = ?, offered_at = NULL
                WHERE id = ? AND status <> 'closed'
                """, arguments: [reason, now.milliseconds, now.milliseconds, id.number])
        guard database.changesCount == 1 else { return false }
        try transaction.events.note(.ticketClosed, id.number, reason, at: now)
        return true
    }

    /// Reopens a closed ticket; `false` if it is not closed.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func reopen(_ id: TicketID, at now: Timestamp) throws -> Bool {
        try database.execute(
            sql: """
                UPDATE ticket SET status = 'open', close_reason = NULL, closed_at = NULL, offered_at = NULL, updated_at = ?
                WHERE id = ? AND status = 'closed'
                """, arguments: [now.milliseconds, id.number])
        guard database.changesCount == 1 else { return false }
        try transaction.events.note(.ticketReopened, id.number, at: now)
        return true
    }

    /// Records that the customer or contractor was asked whether to reopen the ticket.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteOffer(of id: TicketID, at now: Timestamp) throws {
        try database.execute(
            sql: "UPDATE ticket SET offered_at = ? WHERE id = ?", arguments: [now.milliseconds, id.number])
    }
}

extension Ticket {
    init(row: Row) throws {
        self.init(
            category: row["category"], subject: row["subject"],
            priority: try row.known("priority", of: "ticket"),
            at: Timestamp(milliseconds: row["created_at"]))
        id = TicketID(row["id"])
        colour = row["colour"]
        status = try row.known("status", of: "ticket")
        assignee = (row["assignee_id"] as Int64?).map(PersonID.init)
        due = (row["due"] as String?).flatMap { CalendarDate($0) }
        customer = (row["customer_id"] as Int64?).map(CustomerID.init)
        device = (row["device_id"] as Int64?).map(DeviceID.init)
        miniGrid = row["mini_grid"]
        isOutage = row["is_outage"]
        cause = try (row["cause"] as String?).map { key in
            guard let cause = TicketCause(key: key) else {
                throw StoreError.unknownValue(key, column: "ticket.cause", row: row["id"])
            }
            return cause
        }
        closeReason = row["close_reason"]
        offeredAt = (row["offered_at"] as Int64?).map(Timestamp.init(milliseconds:))
        updatedAt = Timestamp(milliseconds: row["updated_at"])
        closedAt = (row["closed_at"] as Int64?).map(Timestamp.init(milliseconds:))
    }
}

extension Transaction {
    package var tickets: TicketRecords { TicketRecords(transaction: self) }
}
