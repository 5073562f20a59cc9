import Domain

/// How long the modems need for a broadcast, given their limits and the hours in which its class may be sent.
package struct SendingEstimate: Sendable, Hashable {
    /// Minutes from the start to the last part; `nil` if there is no modem.
    package let minutes: Int?

    /// Assumed parts per minute of a modem without a limit.
    private static let unlimitedRate = 20

    package init(parts: Int, modems: [ModemLimits], hours: SendingHours?, from minuteOfDay: Int) {
        let rate = modems.map { $0.rate(.broadcasts) ?? Self.unlimitedRate }.reduce(0, +)
        guard rate > 0, parts > 0 else {
            minutes = parts > 0 ? nil : 0
            return
        }
        let cap =
            modems.contains { $0.cap(.broadcasts) == nil }
            ? nil : modems.compactMap { $0.cap(.broadcasts) }.reduce(0, +)
        var left = parts
        var elapsed = 0
        var minute = minuteOfDay
        // Each round counts one day: the parts that fit into its hours and its cap.
        while elapsed < 3_660 * 1_440 {
            let wait = hours?.wait(at: minute) ?? 0
            if minute + wait >= 1_440 {
                elapsed += 1_440 - minute
                minute = 0
                continue
            }
            minute += wait
            elapsed += wait
            let end = hours?.to ?? 1_440
            let today = min((end - minute) * rate, cap ?? .max)
            if today >= left {
                minutes = elapsed + (left + rate - 1) / rate
                return
            }
            left -= today
            elapsed += 1_440 - minute
            minute = 0
        }
        minutes = elapsed
    }
}
