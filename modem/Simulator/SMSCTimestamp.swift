import Foundation

/// SMSC time stamps (3GPP TS 23.040, 9.2.3.11), in UTC.
enum SMSCTimestamp {
    static func encode(_ date: Date) -> [UInt8] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        let numbers = [
            (parts.year ?? 2000) % 100, parts.month ?? 1, parts.day ?? 1, parts.hour ?? 0, parts.minute ?? 0,
            parts.second ?? 0,
            0,
        ]
        return numbers.map { UInt8($0 % 10) << 4 | UInt8($0 / 10) }
    }
}
