/// Extracts values from a person's text: numbers of all kinds, distinguished by shape and neighbouring words.
struct TextSlots {
    private let text: String
    private let typed: [String]
    private let words: IntentWords

    init(_ text: String, _ typed: [String], _ words: IntentWords) {
        self.text = text
        self.typed = typed
        self.words = words
    }

    func read() -> PersonReading.Slots {
        var slots = PersonReading.Slots()
        slots.ticket = ticket
        slots.token = token
        slots.error = number(behind: words.errorWords, upTo: 4)
        slots.transaction = transaction
        slots.meters = meters(but: slots)
        slots.amount = amount(but: slots)
        return slots
    }

    // MARK: Ids

    /// `#12` anywhere, or a ticket word before a number. A number too large for Int64 becomes the largest one, which no
    /// ticket has.
    var ticket: Int64? {
        if let hash = text.firstIndex(of: "#") {
            let digits = text[text.index(after: hash)...].drop { $0 == " " }.prefix { $0.isASCII && $0.isNumber }
            if !digits.isEmpty { return Int64(digits) ?? .max }
        }
        for (index, word) in typed.enumerated() {
            // `t64`
            if word.utf8.count <= 6, word.utf8.first == 0x74, let number = Int64(word.dropFirst()) { return number }
            guard index > 0, word.allSatisfy(\.isNumber), word.utf8.count <= 7 else { continue }
            let before = typed[index - 1]
            let isNamed =
                words.ticket.contains(before)
                || (index > 1 && words.numberSigns.contains(before) && words.ticket.contains(typed[index - 2]))
            if isNamed { return Int64(word) }
        }
        return nil
    }

    /// Twenty digits, grouped or not.
    private var token: String? {
        let runs = text.split { !$0.isNumber && $0 != " " && $0 != "-" }.map { $0.filter(\.isNumber) }
        return runs.first { $0.count == 20 }
    }

    /// A transaction id as wallets print it: mixed letters and digits, or a number after a word for transactions.
    private var transaction: String? {
        for piece in text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" || $0 == ":" }) {
            let id = piece.drop { !$0.isLetter && !$0.isNumber }
            let trimmed = String(id.reversed().drop { !$0.isLetter && !$0.isNumber }.reversed())
            guard trimmed.unicodeScalars.allSatisfy({ $0.isASCII }) else { continue }
            let plain = trimmed.filter { $0.isLetter || $0.isNumber }
            let digits = plain.filter(\.isNumber).count
            let capitals = plain.filter(\.isUppercase).count
            let isPlain = plain.count == trimmed.count || trimmed.split(separator: ".").count >= 3
            if isPlain, (8...24).contains(plain.count), digits >= 2, capitals >= 3, plain.count - digits == capitals {
                return trimmed
            }
        }
        for (index, word) in typed.enumerated().dropFirst()
        where (9...16).contains(word.utf8.count) && word.allSatisfy(\.isNumber) {
            let before = typed[max(0, index - 2)..<index]
            if before.contains(where: words.transactionWords.contains) { return word }
        }
        return nil
    }

    /// The number right after one of some words.
    private func number(behind markers: Set<String>, upTo digits: Int) -> String? {
        for (index, word) in typed.enumerated() where markers.contains(word) {
            let next = typed[(index + 1)...].prefix(3).first { $0.allSatisfy(\.isNumber) }
            if let next, next.utf8.count <= digits { return next }
        }
        return nil
    }

    /// Words that may be a serial, as typed.
    private func meters(but slots: PersonReading.Slots) -> [String] {
        typed.filter { word in
            let digits = word.filter(\.isNumber).count
            guard digits >= 4 || digits == 3 && (6...9).contains(word.utf8.count) else { return false }
            return word.uppercased() != slots.transaction && !isMoney(word)
        }
    }

    private func isMoney(_ word: String) -> Bool { Self.glued(word, words.moneyWords) != nil }

    // MARK: Money

    /// The amount named in a text, in whole units or as typed with decimals.
    private func amount(but slots: PersonReading.Slots) -> String? {
        writtenAmount(mustName: true) ?? spokenAmount ?? writtenAmount(mustName: false, but: slots)
    }

    /// A number in digits: beside a currency, with a `k` or `/=`, or grouped by threes; otherwise any number that is
    /// not some other value.
    private func writtenAmount(mustName: Bool, but slots: PersonReading.Slots = .init()) -> String? {
        let pieces = text.split(whereSeparator: \.isWhitespace).map { Folding.fold(String($0)) }
            .map { String(String.UnicodeScalarView($0)) }
        for (index, piece) in pieces.enumerated() {
            guard let (value, isNamed, isGrouped) = Self.money(piece, words.moneyWords) else { continue }
            let before = index > 0 ? pieces[index - 1].filter(\.isLetter) : ""
            let after = index + 1 < pieces.count ? pieces[index + 1].filter(\.isLetter) : ""
            let isBeside =
                words.moneyWords.contains(before) && !before.isEmpty
                || words.moneyWords.contains(after) && !after.isEmpty
            if mustName {
                if isNamed || isBeside || isGrouped { return value }
            } else if isPlainSum(value, piece, before, slots) {
                return value
            }
        }
        return nil
    }

    /// Whether a number is a plausible amount, and not a meter, ticket, time or error code.
    private func isPlainSum(_ value: String, _ piece: String, _ before: String, _ slots: PersonReading.Slots) -> Bool {
        let digits = piece.filter(\.isNumber)
        guard let number = Int64(value), (10...9_999_999).contains(number), !value.hasPrefix("0") else { return false }
        guard digits != slots.error, slots.ticket.map(String.init) != digits, !piece.hasPrefix("#") else {
            return false
        }
        guard !words.ticket.contains(before), !words.errorWords.contains(before) else { return false }
        return slots.token?.contains(digits) != true && piece.allSatisfy { $0.isNumber || ".,;!?".contains($0) }
            && !piece.contains(":")
    }

    private var spokenAmount: String? {
        for start in typed.indices {
            // The language that uses the most words wins: `dois mil`, not `mil`.
            let readings = words.numbers.compactMap { table -> (value: Int64, count: Int)? in
                guard (table.words[typed[start]] ?? 0) >= 2 || Int64(typed[start]) != nil,
                    let (value, count) = table.number(at: start, in: typed), value >= 100
                else { return nil }
                // A number in digits only is not a spoken one.
                return typed[start..<(start + count)].contains { table.words[$0] != nil } ? (value, count) : nil
            }
            if let best = readings.max(by: { $0.count < $1.count }) { return String(best.value) }
        }
        return nil
    }

    /// `5000tsh`, `2500f`, `ksh500`: the digits of an amount written without a space to its currency.
    private static func glued(_ word: String, _ currencies: Set<String>) -> String? {
        let letters = word.filter { !$0.isNumber }
        let digits = word.filter(\.isNumber)
        guard !digits.isEmpty, currencies.contains(letters), word == letters + digits || word == digits + letters else {
            return nil
        }
        return digits
    }

    /// The amount in a piece of a text; whether a currency stands in it; whether its thousands are grouped.
    private static func money(_ piece: String, _ currencies: Set<String>) -> (String, Bool, Bool)? {
        var body = piece.drop { !$0.isNumber && !$0.isLetter }
        var isNamed = false
        if body.hasSuffix("/=") || body.hasSuffix("/-") || body.hasSuffix("/=.") {
            isNamed = true
            body = body[..<(body.firstIndex(of: "/") ?? body.endIndex)]
        }
        while let last = body.last, !last.isNumber, !last.isLetter { body = body.dropLast() }
        let front = body.prefix { $0.isLetter }
        let back = String(body.reversed().prefix { $0.isLetter }.reversed())
        var digits = body.dropFirst(front.count).dropLast(back.count)
        if digits.first == "." || digits.first == "," { digits = digits.dropFirst() }
        guard !digits.isEmpty, digits.allSatisfy({ $0.isNumber || $0 == "." || $0 == "," }) else { return nil }
        let isThousands = back == "k" && front.isEmpty
        guard front.isEmpty || currencies.contains(String(front)),
            back.isEmpty || isThousands || currencies.contains(back)
        else { return nil }
        isNamed = isNamed || !front.isEmpty || !back.isEmpty
        let groups = digits.split(omittingEmptySubsequences: false) { !$0.isNumber }
        let whole: String
        switch groups.count {
        case 1: whole = String(digits)
        case 2 where groups[1].count == 3 && (1...3).contains(groups[0].count): whole = groups.joined()
        case 2 where groups[1].count <= 2 && !groups[1].isEmpty:
            whole = groups[1].allSatisfy { $0 == "0" } ? String(groups[0]) : "\(groups[0]).\(groups[1])"
        case 3 where groups[1].count == 3 && groups[2].count == 3: whole = groups.joined()
        // 2.000,00
        case 3 where groups[1].count == 3 && groups[2].allSatisfy({ $0 == "0" }): whole = String(groups[0] + groups[1])
        default: return nil
        }
        guard isThousands else { return (whole, isNamed, groups.count > 1 && groups[1].count == 3) }
        return Int64(whole).flatMap { number in
            let (thousands, isBeyond) = number.multipliedReportingOverflow(by: 1_000)
            return isBeyond ? nil : (String(thousands), true, false)
        }
    }
}
