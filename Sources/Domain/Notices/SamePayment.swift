/// Whether a notice over HTTP and a wallet's SMS are about the same payment although they share no id. The wallet and the
/// amount are equal.
package enum SamePayment {
    /// What is known of a payment from one of the two.
    package struct Facts: Sendable, Hashable {
        /// The wallet's own id of the payment.
        package var id: String?
        package var phone: PhoneNumber?
        package var name: String?
        package var reference: String?
        package var time: WallTime?
        package var receivedAt: Timestamp

        package init(
            id: String?, phone: PhoneNumber?, name: String?, reference: String?, time: WallTime?, receivedAt: Timestamp
        ) {
            self.id = id
            self.phone = phone
            self.name = name
            self.reference = reference
            self.time = time
            self.receivedAt = receivedAt
        }
    }

    package enum Likeness: Sendable, Hashable {
        case different
        /// Nothing speaks against it, but nothing more than amount and time for it.
        case possible
        case likely
    }

    /// How far the printed times of the two may be apart, in minutes.
    private static let minutesApart = 5
    /// How far they may arrive apart if one of them prints no time.
    private static let arrivalApart = Duration.seconds(3_600)

    /// Compares all but the amount. Facts that one of the two lacks are not compared.
    package static func likeness(_ one: Facts, _ other: Facts) -> Likeness {
        // Ids of one kind name one payment each.
        if let id = one.id, let second = other.id, id != second, shape(id) == shape(second) { return .different }
        guard isNear(one, other) else { return .different }
        let phone = agree(one.phone, other.phone) { $0 == $1 }
        let reference = agree(key(one.reference), key(other.reference), contains)
        // A name can be written in many ways; a phone and a reference cannot.
        if phone == false || reference == false { return .different }
        let name = agree(key(one.name), key(other.name), contains)
        return [phone, reference, name].contains(true) ? .likely : .possible
    }

    private static func isNear(_ one: Facts, _ other: Facts) -> Bool {
        if let first = minute(one.time), let second = minute(other.time) {
            return abs(first - second) <= minutesApart
        }
        return abs(one.receivedAt.since(other.receivedAt).milliseconds) <= arrivalApart.milliseconds
    }

    /// `nil` if one of the two is not known.
    private static func agree<Value>(_ one: Value?, _ other: Value?, _ isSame: (Value, Value) -> Bool) -> Bool? {
        one.flatMap { one in other.map { isSame(one, $0) } }
    }

    /// One of the two may be cut off.
    private static func contains(_ one: String, _ other: String) -> Bool { one.contains(other) || other.contains(one) }

    private static func minute(_ time: WallTime?) -> Int? {
        time.flatMap { time in time.minute.map { time.date.daysSince1970 * 1_440 + $0 } }
    }

    private static func key(_ text: String?) -> String? {
        let letters = text?.uppercased().filter { $0.isLetter || $0.isNumber } ?? ""
        return letters.isEmpty ? nil : letters
    }

    /// Ids of one provider are alike in length and kind of characters, but not where letters and digits stand.
    private static func shape(_ id: String) -> String {
        let hasLetters = id.contains { $0.isLetter }
        let marks = id.filter { !$0.isLetter && !$0.isNumber }
        return "\(hasLetters)/\(marks)/\(id.count)"
    }
}
