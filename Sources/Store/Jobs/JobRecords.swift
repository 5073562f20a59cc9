import Domain
import GRDB

/// Maintenance jobs, their reminders and their payouts.
package struct JobRecords {
    let transaction: Transaction
    private var database: Database { transaction.database }

    /// Stores a job.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func insert(_ job: Job) throws {
        try database.execute(
            sql: """
                INSERT INTO job (ticket_id, contractor_id, task, place, price, deadline, status, offered_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                job.ticket.number, job.contractor.number, job.task, job.place, job.price.minor,
                job.deadline?.description, job.status.rawValue, job.offeredAt.milliseconds,
            ])
    }

    /// The job of a ticket; `nil` if the ticket is not a job.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func job(of ticket: TicketID) throws -> Job? { try jobs("job.ticket_id = ?", [ticket.number]).first }

    /// Jobs older than `before`, newest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func jobs(_ filter: JobFilter, before: Int64?, limit: Int) throws -> [Job] {
        try jobs(
            """
            job.ticket_id < ? AND (? IS NULL OR job.status = ?) AND (? IS NULL OR contractor_id = ?)
            AND (? IS NULL OR (payout_id IS NOT NULL) = ?) ORDER BY job.ticket_id DESC LIMIT ?
            """,
            [
                before ?? Int64.max, filter.status?.rawValue, filter.status?.rawValue, filter.contractor?.number,
                filter.contractor?.number, filter.isPaid, filter.isPaid, limit,
            ])
    }

    /// The newest job that a contractor must act on; otherwise their newest unfinished job.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func newestOpen(of contractor: PersonID) throws -> Job? {
        try jobs(
            """
            contractor_id = ? AND status IN ('offered', 'accepted', 'declined', 'done')
            ORDER BY CASE WHEN status IN ('offered', 'accepted') THEN 0 ELSE 1 END, job.ticket_id DESC LIMIT 1
            """, [contractor.number]
        ).first
    }

    /// The tickets of a contractor's unfinished jobs, oldest first.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func openJobs(of contractor: PersonID) throws -> [TicketID] {
        try jobs(
            "contractor_id = ? AND status IN ('offered', 'accepted', 'done') ORDER BY job.ticket_id",
            [contractor.number]
        ).map(\.ticket)
    }

    /// Jobs with a deadline that a contractor must act on.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func withDeadline() throws -> [Job] {
        try jobs("status IN ('offered', 'accepted') AND deadline IS NOT NULL ORDER BY job.ticket_id", [])
    }

    private func jobs(_ condition: String, _ arguments: StatementArguments) throws -> [Job] {
        try Row.fetchAll(database, sql: "\(Self.selection) WHERE \(condition)", arguments: arguments).map(Job.init)
    }

    private static let selection =
        "SELECT job.*, payout_id FROM job LEFT JOIN payout_job ON payout_job.ticket_id = job.ticket_id"

    /// The jobs of many tickets.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func jobs(ofAll tickets: [TicketID]) throws -> [TicketID: Job] {
        try transaction.rows(
            of: tickets.map(\.number), by: "ticket_id", "\(Self.selection) WHERE job.ticket_id IN (#)"
        ).reduce(into: [:]) { $0[TicketID($1.key)] = try $1.value.first.map(Job.init) }
    }

    /// Sets the status of a job.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func setStatus(_ status: JobStatus, of ticket: TicketID, at now: Timestamp) throws {
        try database.execute(
            sql:
                "UPDATE job SET status = ?, confirmed_at = CASE WHEN ? = 'confirmed' THEN ? ELSE confirmed_at END WHERE ticket_id = ?",
            arguments: [status.rawValue, status.rawValue, now.milliseconds, ticket.number])
        try transaction.events.note(.jobChanged, ticket.number, status.rawValue, at: now)
    }

    /// Offers a job to another contractor and deletes the record of its reminders.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func reassign(
        _ ticket: TicketID, to contractor: PersonID, deadline: CalendarDate?, at now: Timestamp
    ) throws {
        try database.execute(
            sql: """
                UPDATE job SET contractor_id = ?, status = 'offered', offered_at = ?, deadline = COALESCE(?, deadline)
                WHERE ticket_id = ?
                """, arguments: [contractor.number, now.milliseconds, deadline?.description, ticket.number])
        try database.execute(sql: "DELETE FROM job_reminder WHERE ticket_id = ?", arguments: [ticket.number])
        try transaction.events.note(.jobChanged, ticket.number, "offered", at: now)
    }

    /// Records a reminder; `false` if one of this kind was recorded before.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func noteReminder(_ kind: String, of ticket: TicketID, at now: Timestamp) throws -> Bool {
        try database.execute(
            sql: "INSERT INTO job_reminder (ticket_id, kind, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            arguments: [ticket.number, kind, now.milliseconds])
        return database.changesCount == 1
    }

    // MARK: Payouts

    /// A job whose price is owed or paid.
    package struct PayoutLine: Sendable, Hashable {
        package var job: Job
        package var contractor: String
        package var phone: PhoneNumber?
        package var paidAt: Timestamp?
        package var reference: String?
    }

    /// Confirmed jobs with a confirmation time in [from, to), ordered by contractor.
    /// - Throws: `StoreError.unavailable` if the database cannot be read; `.unknownValue` for an unknown stored value.
    package func payouts(from: Timestamp, to: Timestamp) throws -> [PayoutLine] {
        let jobs = try jobs(
            "status = 'confirmed' AND confirmed_at >= ? AND confirmed_at < ? ORDER BY contractor_id, job.ticket_id",
            [from.milliseconds, to.milliseconds]
        )
        let people = try transaction.people.people(jobs.map(\.contractor))
        let payouts = try transaction.rows(
            of: jobs.compactMap { $0.payout?.number }, by: "id", "SELECT * FROM payout WHERE id IN (#)")
        return jobs.map { job in
            let person = people[job.contractor]
            var line = PayoutLine(job: job, contractor: person?.name ?? "", phone: person?.phones.first)
            let payout = job.payout.flatMap { payouts[$0.number]?.first }
            line.paidAt = (payout?["paid_at"] as Int64?).map(Timestamp.init(milliseconds:))
            line.reference = payout?["reference"]
            return line
        }
    }

    /// Records the payout of a confirmed job. Call it once per job: a second call violates a constraint of the
    /// database.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func pay(_ job: Job, reference: String?, uid: UInt32?, at now: Timestamp) throws {
        try database.execute(
            sql: "INSERT INTO payout (contractor_id, amount, reference, paid_at, uid) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                job.contractor.number, job.price.minor, reference, now.milliseconds, uid.map { Int64($0) },
            ])
        let payout = transaction.lastRow
        try database.execute(
            sql: "INSERT INTO payout_job (ticket_id, payout_id, amount) VALUES (?, ?, ?)",
            arguments: [job.ticket.number, payout, job.price.minor])
        try transaction.events.note(.jobChanged, job.ticket.number, "paid", at: now)
    }
}

extension Job {
    fileprivate init(row: Row) throws {
        self.init(
            ticket: TicketID(row["ticket_id"]), contractor: PersonID(row["contractor_id"]), task: row["task"],
            place: row["place"], price: Money(minor: row["price"]),
            deadline: (row["deadline"] as String?).flatMap { CalendarDate($0) },
            at: Timestamp(milliseconds: row["offered_at"]))
        status = try row.known("status", of: "job")
        confirmedAt = (row["confirmed_at"] as Int64?).map(Timestamp.init(milliseconds:))
        payout = (row["payout_id"] as Int64?).map(PayoutID.init)
    }
}

extension Transaction {
    package var jobs: JobRecords { JobRecords(transaction: self) }
}
