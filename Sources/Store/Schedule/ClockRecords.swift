import GRDB
import Domain

/// The clock mark, which is the latest plausible time recorded, and the days on which daily duties were done.
package struct ClockRecords {
    let transaction: Transaction

    /// The clock mark; `nil` if none is recorded.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func mark() throws -> Timestamp? {
        try transaction.rows("SELECT at FROM clock_mark", []).first.map { Timestamp(milliseconds: $0["at"]) }
    }

    /// Checks the clock at `now`; `nil` if it is plausible.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func fault(at now: Timestamp) throws -> ClockCheck.Fault? {
        if let fault = ClockCheck.fault(now, after: try mark()) { return fault }
        let late = try lateness(at: now)
        guard let fault = ClockCheck.fault(lateBy: late) else { return nil }
        // Staff confirmed that the clock is right and the network's time is not.
        let accepted =
            try transaction.rows("SELECT network_late FROM clock_mark WHERE network_late <> 0", []).first?[
                "network_late"]
            as Int64?
        guard let accepted else { return fault }
        return ClockCheck.fault(lateBy: late.map { $0.subtractingReportingOverflow(accepted).partialValue })
    }

    /// By how much the last messages were received after their SMSC time stamps, in milliseconds. Messages with a time
    /// of reception in the future are left out: they were received before the clock was corrected.
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

    /// Records that staff confirmed the clock, whatever the network's time is, and that overdue charges may fall due.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func accept(_ now: Timestamp, today: CalendarDate) throws {
        try see(now, force: true)
        let late = try lateness(at: now)
        let off = ClockCheck.fault(lateBy: late) == nil ? 0 : late.first ?? 0
        try transaction.run("UPDATE clock_mark SET network_late = ?, catch_up_day = ?", [off, today.description])
    }

    /// The day on which staff last confirmed that all overdue charges may fall due.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    package func catchUpDay() throws -> CalendarDate? {
        try transaction.rows("SELECT catch_up_day FROM clock_mark WHERE catch_up_day IS NOT NULL", []).first
            .flatMap { CalendarDate($0["catch_up_day"] as String) }
    }

    /// Moves the clock mark forward; with `force` also back.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func see(_ now: Timestamp, force: Bool = false) throws {
        try transaction.run(
            """
            INSERT INTO clock_mark (id, at) VALUES (1, ?)
            ON CONFLICT (id) DO UPDATE SET at = excluded.at WHERE excluded.at > clock_mark.at OR ?
            """, [now.milliseconds, force])
    }

    /// Deletes the record of duties done for later days, by a wrong clock, so that they are done on those days.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
    package func forgetDuties(after day: CalendarDate) throws {
        try transaction.run("DELETE FROM daily_duty WHERE day > ?", [day.description])
    }

    /// Records that a daily duty is done on a day; `false` if it was recorded for this or a later day.
    /// - Throws: `StoreError.unavailable` if the database cannot be written.
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
