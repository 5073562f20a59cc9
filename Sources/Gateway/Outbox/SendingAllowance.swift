import Domain
import Store

/// How much one modem may still send: the parts it was given, against its limits.
struct SendingAllowance: Sendable {
    let limits: ModemLimits
    /// When the newest parts were handed over, oldest first; as many as the limit per minute.
    private var newest: [Timestamp]
    /// The start of the day that `sentToday` counts.
    private(set) var midnight: Timestamp
    private var sentToday: Int

    /// Reads from the database what the modem was given before.
    /// - Throws: `StoreError.unavailable` if the database cannot be read.
    init(_ limits: ModemLimits, modem: String, since midnight: Timestamp, _ step: Step) throws {
        self.limits = limits
        self.midnight = midnight
        newest = try step.outbox.sendingTimes(by: modem, newest: limits.ratePerMinute)
        sentToday = limits.dailyCap > 0 ? try step.outbox.partsSent(by: modem, since: midnight) : 0
    }

    /// Records that a part is handed to the modem.
    mutating func sends(at now: Timestamp) {
        sentToday += 1
        guard limits.ratePerMinute > 0 else { return }
        if newest.count >= limits.ratePerMinute { newest.removeFirst() }
        newest.append(now)
    }

    /// How long each share must wait. Shares that may send now are left out.
    func waits(at now: Timestamp) -> [ModemLimits.Share: Duration] {
        limits.waits(sentToday: sentToday, at: now) { nth in
            nth <= newest.count ? newest[newest.count - nth] : nil
        }
    }
}
