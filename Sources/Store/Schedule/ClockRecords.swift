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
    package func fault(at now: Timestamp) throws -> ClockCheck.Fault? {
        if let fault = ClockCheck.fault(now, after: try mark()) { return fault }
        let late = try lateness(at: now)
        guard let fault = ClockCheck.fault(lateBy: late) else { return nil }
        // Somebody said that the clock is right and the network's is not.
        let accepted =
            try transaction.rows("SELECT network_late FROM clock_mark WHERE network_late <> 0", []).first?[
                "network_late"]
            as Int64?
        guard let accepted else { return fault }
        return ClockCheck.fault(lateBy: late.map { $0.subtractingReportingOverflow(accepted).partialValue })
    }

    /// By how much the last messages came later than the SMSC's time stamp, in milliseconds. Those that came at a
    /// time that is still to come were seen by a clock that was set since.
    private func lateness(at now: Timestamp) throws -> [Int64] {
        try transaction.rows(
            """
            SELECT received_at, sent_at FROM inbox_message WHERE sent_at IS NOT NULL AND received_at <= ?
            ORDER BY id DESC LIMIT ?
            """, [now.milliseconds, ClockCheck.witnesses.looked]
        ).map {
            let (late, isBeyond) = ($0["received_at"] as Int64).subtractingReportingOverflow($0["sent_at"])
            return isBeyond ? 0 : late
        }
    }

    /// The clock is right whatever the network says now, and what is long overdue may fall due.
    package func accept(_ now: Timestamp, today: CalendarDate) throws {
        try see(now, force: true)
        let late = try lateness(at: now)
        let off = ClockCheck.fault(lateBy: late) == nil ? 0 : late.first ?? 0
        try transaction.run("UPDATE clock_mark SET network_late = ?, catch_up_day = ?", [off, today.description])
    }

    /// The day until which somebody let everything fall due that is overdue.
    package func catchUpDay() throws -> CalendarDate? {
        try transaction.rows("SELECT catch_up_day FROM clock_mark WHERE catch_up_day IS NOT NULL", []).first
            .flatMap { CalendarDate($0["catch_up_day"] as String) }
    }

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
