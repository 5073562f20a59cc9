import Domain

/// How long the modems will take for a broadcast: by their limits and the hours in which its class may be sent.
package struct SendingEstimate: Sendable, Hashable {
    /// Minutes from the start to the last part; `nil` when there is no modem.
    package let minutes: Int?

    /// A modem without a limit is thought to send so many parts a minute.
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
        // A day at a time: what fits into its hours and its allowance.
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
