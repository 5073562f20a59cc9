import Domain
import GRDB

/// What the clock was seen at, and which days' duties are done.
package struct ClockRecords {
    let transaction: Transaction

    /// The latest moment that was believed.
    package func mark() throws -> Timestamp? {
        try transaction.rows("SELECT at FROM clock_mark", []).first.map { Timestamp(milliseconds: $0["at"]) }
    }

    /// What is wrong with the clock at `now`; `nil` when it can be believed.
    package func fault(at now: Timestamp) throws -> ClockCheck.Fault? { ClockCheck.fault(now, after: try mark()) }

    /// Moves the mark on; it never goes back, but by `force`.
    package func see(_ now: Timestamp, force: Bool = false) throws {
        try transaction.run(
            """
            INSERT INTO clock_mark (id, at) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE excluded.at > clock_mark.at OR ?
            """, [now.milliseconds, force])
    }

    /// Duties that a false clock did for days to come are to be done on those days again.
    package func forgetDuties(after day: CalendarDate) throws {
        try transaction.run("DELETE FROM daily_duty WHERE day > ?", [day.description])
    }

    /// `true` once for each day and duty.
    package func begin(_ duty: String, on day: CalendarDate) throws -> Bool {
        try transaction.run(
            """
            INSERT INTO daily_duty (name, day) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET day = excluded.day WHERE excluded.day > daily_duty.day
            """, [duty, day.description])
        return transaction.database.changesCount == 1
    }
}

extension Transaction {
    package var clock: ClockRecords { ClockRecords(transaction: self) }
}
