import Domain

extension PaymentReader {
    /// What speaks against a text of money received that a format fits: patterns end with advertisements, and not all
    /// that stands there is one.
    func doubt(about match: Match, in text: IndexedText) -> String? {
        if text.found.contains(any: index.voids) { return "the text takes back what it says" }
        if let reason = breakOff(of: match, in: text.text) { return reason }
        let name = match.captures.texts[.payerName].map { String(String.UnicodeScalarView(Folding.fold($0))) } ?? ""
        let parts = name.split { !$0.isLetter }
        if let word = words.notPayers.first(where: { parts.contains(Substring($0)) }) {
            return "money from a '\(word)' came in another way"
        }
        if name.isEmpty, match.captures.phone == nil, !match.captures.hasMaskedPhone {
            return "the text names no payer"
        }
        if name.split(whereSeparator: { !$0.isNumber }).contains(where: { $0.count >= 8 }) {
            return "two parties are named, and which of them paid is not clear"
        }
        if let balance = match.captures.amounts[.newBalance], (balance.decimal?.count ?? .max) > Self.longestSum {
            return "the balance cannot be read"
        }
        if namesPersonInBrackets(text.text) { return "it is a company's account, and another person in brackets" }
        if let kind = doubtfulKind(of: match) { return "an id that begins with \(kind) is no customer's payment" }
        if match.captures.texts[.txnID] == nil, match.format.alwaysPrints == nil,
            let reference = match.captures.texts[.reference],
            match.provider.identifiers.contains(where: { $0.isWhole(reference) })
        {
            return "what stands in the reference's place looks like an id"
        }
        let amounts = match.provider.amounts
        for field in [FormatField.payerName, .reference] {
            guard let free = match.captures.texts[field].map({ NormalizedText($0) }) else { continue }
            if index.find(in: free).contains(any: index.balance), amounts.count(in: free.folded) > 0 {
                return "a payer's own words speak of a balance"
            }
        }
        if match.captures.amounts[.newBalance]?.isNegative == true { return "the balance is negative" }
        if let start = match.captures.tail, start < text.text.scalars.count {
            let tail = NormalizedText(text.text.text(start..<text.text.scalars.count))
            let found = index.find(in: tail)
            if found.contains(any: index.received) || found.contains(any: index.balance),
                amounts.count(in: tail.folded) > 0
            {
                return "the text speaks of money twice"
            }
        }
        return nil
    }

    /// No wallet holds a sum of more digits.
    private static var longestSum: Int { 15 }

    /// `(256710000834 GILI KONAN)`: a number and a name where others have the number alone. Who paid is not clear.
    private func namesPersonInBrackets(_ text: NormalizedText) -> Bool {
        text.folded.indices.contains { start in
            guard text.folded[start] == "(" else { return false }
            let inside = text.folded[(start + 1)...].prefix { $0 != ")" }
            let digits = inside.prefix(while: \.isDigit)
            return digits.count >= 9 && inside.dropFirst(digits.count).first == " "
                && inside.dropFirst(digits.count).contains(where: \.isLetter)
        }
    }

    /// Ids that carry a date begin with the kind of movement: cash at an agent, a loan, a reversal. Banks and other
    /// wallets come in as cash, too.
    private func doubtfulKind(of match: Match) -> String? {
        guard let kind = match.captures.texts[.txnID]?.prefix(2).lowercased(),
            match.provider.doubtfulKinds.contains(kind), !isInstitution(match.captures.texts[.payerName])
        else { return nil }
        return kind.uppercased()
    }
}
