/// Whether a notice over HTTP and a wallet's SMS can be about the same payment although they share no id.
package enum SamePayment {
    /// What is known of a payment from one of the two.
    package struct Facts: Sendable, Hashable {
        package var ids: [String]
        package var phone: PhoneNumber?
        package var reference: String?
        package var time: WallTime?
        package var receivedAt: Timestamp

        package init(
            ids: [String], phone: PhoneNumber?, reference: String?, time: WallTime?, receivedAt: Timestamp
        ) {
            self.ids = ids
            self.phone = phone
            self.reference = reference
            self.time = time
            self.receivedAt = receivedAt
        }
    }

    /// How far the printed times of the two may be apart, in minutes.
    static let minutesApart = 5
    /// How far they may arrive apart if one of them prints no time.
    static let arrivalApart = Duration.seconds(3_600)

    /// Compares all but the amount, which must be equal. Facts that one of the two lacks are not compared.
    package static func isPossible(_ one: Facts, _ other: Facts) -> Bool {
        if let phone = one.phone, let second = other.phone, phone != second { return false }
        if let reference = key(one.reference), let second = key(other.reference), reference != second { return false }
        // Ids of one kind name one payment each.
        for id in one.ids where other.ids.contains(where: { shape($0) == shape(id) && $0 != id }) { return false }
        if let first = minute(one.time), let second = minute(other.time) {
            return abs(first - second) <= minutesApart
        }
        return abs(one.receivedAt.since(other.receivedAt).milliseconds) <= arrivalApart.milliseconds
    }

    private static func minute(_ time: WallTime?) -> Int? {
        time.flatMap { time in time.minute.map { time.date.daysSince1970 * 1_440 + $0 } }
    }

    private static func key(_ reference: String?) -> String? {
        let letters = reference?.uppercased().filter { $0.isLetter || $0.isNumber } ?? ""
        return letters.isEmpty ? nil : letters
    }

    /// Ids of one provider are alike in length and kind of characters, but not where letters and digits stand.
    private static func shape(_ id: String) -> String {
        let hasLetters = id.contains { $0.isLetter }
        let marks = id.filter { !$0.isLetter && !$0.isNumber }
        return "\(hasLetters)/\(marks)/\(id.count)"
    }
}
