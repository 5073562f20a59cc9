extension PaymentReader {
    /// The reason to doubt a notice of money received that fits a format; `nil` if there is none. Patterns end with
    /// advertisements, and the text there may be something else.
    func doubt(about match: Match, in text: IndexedText) -> String? {
        if text.found.contains(any: index.voids) { return "the text contains words that cancel the payment" }
        if let reason = breakOff(of: match, in: text.text) { return reason }
        let name = match.captures.texts[.payerName].map { String(String.UnicodeScalarView(Folding.fold($0))) } ?? ""
        let parts = name.split { !$0.isLetter }
        if let word = words.notPayers.first(where: { parts.contains(Substring($0)) }) {
            return "money from '\(word)' is not a customer's payment"
        }
        if name.isEmpty, match.captures.phone == nil, !match.captures.hasMaskedPhone {
            return "the text names no payer"
        }
        if name.split(whereSeparator: { !$0.isNumber }).contains(where: { $0.count >= 8 }) {
            return "the text names two parties, and it is unclear which of them paid"
        }
        if let balance = match.captures.amounts[.newBalance], (balance.decimal?.count ?? .max) > Self.longestSum {
            return "the balance cannot be read"
        }
        if namesPersonInBrackets(text.text) { return "the text names an account and another person in brackets" }
        if let kind = doubtfulKind(of: match) { return "an id beginning with \(kind) is not a customer's payment" }
        if match.captures.texts[.txnID] == nil, match.format.alwaysPrints == nil,
            let reference = match.captures.texts[.reference],
            match.provider.identifiers.contains(where: { $0.isWhole(reference) })
        {
            return "the reference looks like a transaction id"
        }
        let amounts = match.provider.amounts
        for field in [FormatField.payerName, .reference] {
            guard let free = match.captures.texts[field].map({ NormalizedText($0) }) else { continue }
            if index.find(in: free).contains(any: index.balance), amounts.count(in: free.folded) > 0 {
                return "the payer's name or reference mentions a balance"
            }
        }
        if match.captures.amounts[.newBalance]?.isNegative == true { return "the balance is negative" }
        if let start = match.captures.tail, start < text.text.scalars.count {
            let tail = NormalizedText(text.text.text(start..<text.text.scalars.count))
            let found = index.find(in: tail)
            if found.contains(any: index.received) || found.contains(any: index.balance),
                amounts.count(in: tail.folded) > 0
            {
                return "the end of the text mentions money again"
            }
        }
        return nil
    }

    /// The maximum length of a balance as a decimal, in characters.
    private static var longestSum: Int { 15 }

    /// `(256710000834 GILI KONAN)`: a number and a name where other texts have only the number, so the payer is
    /// unclear.
    private func namesPersonInBrackets(_ text: NormalizedText) -> Bool {
        text.folded.indices.contains { start in
            guard text.folded[start] == "(" else { return false }
            let inside = text.folded[(start + 1)...].prefix { $0 != ")" }
            let digits = inside.prefix(while: \.isDigit)
            return digits.count >= 9 && inside.dropFirst(digits.count).first == " "
                && inside.dropFirst(digits.count).contains(where: \.isLetter)
        }
    }

    /// Dated ids begin with the kind of transaction: cash at an agent, a loan, a reversal. Payments from banks and
    /// other wallets are also shown as cash, so they are not doubtful.
    private func doubtfulKind(of match: Match) -> String? {
        guard let kind = match.captures.texts[.txnID]?.prefix(2).lowercased(),
            match.provider.doubtfulKinds.contains(kind), !isInstitution(match.captures.texts[.payerName])
        else { return nil }
        return kind.uppercased()
    }
}
