extension PaymentReader {
    /// Fills a reading with the fields that can be found in a text of unknown format. They are for people; nothing acts
    /// on them.
    func glean(_ reading: ProviderReading, _ text: IndexedText, _ provider: PaymentProvider) -> ProviderReading {
        var reading = reading
        let matcher = FormatMatcher(text, of: provider)
        var captures = FormatCaptures()
        var position = 0
        while position < text.text.folded.count {
            position = gleanOne(at: position, text.text, provider, matcher, &captures)
        }
        reading.fields = PaymentFields(captures, defaultCurrency: provider.currency)
        return withCandidates(reading, text, provider)
    }

    /// The maximum number of amounts of one text that are considered.
    private static var mostCandidates: Int { 12 }

    /// Adds the balances and amounts that a text may be about, if it names several balances. Whatever a payer wrote
    /// into a name, the true balance is among them.
    func withCandidates(_ reading: ProviderReading, _ text: IndexedText, _ provider: PaymentProvider) -> ProviderReading
    {
        var balances: [String] = []
        var sums: [String] = []
        var position = 0
        while position < text.text.folded.count, sums.count < Self.mostCandidates {
            guard let span = provider.amounts.span(text.text.folded, at: position, needsCurrency: true) else {
                position += 1
                continue
            }
            if let sum = provider.amounts.read(text.text.folded, span, defaultCurrency: provider.currency).decimal {
                sums.append(sum)
                if isBalance(before: position, text.text) { balances.append(sum) }
            }
            position = max(span.end, position + 1)
        }
        var reading = reading
        guard Set(balances).count > 1 else { return reading }
        reading.balanceCandidates = balances
        reading.amountCandidates = sums
        return reading
    }

    private func gleanOne(
        at position: Int, _ text: NormalizedText, _ provider: PaymentProvider, _ matcher: FormatMatcher,
        _ captures: inout FormatCaptures
    ) -> Int {
        let isWordStart = position == 0 || !text.folded[position - 1].isWordCharacter
        if let span = provider.amounts.span(text.folded, at: position, needsCurrency: false),
            span.hasCurrency || hasDecimals(text.folded[span.digits])
        {
            let field: FormatField = isBalance(before: position, text) ? .newBalance : .amount
            if captures.amounts[field] == nil {
                captures.amounts[field] = provider.amounts.read(
                    text.folded, span, defaultCurrency: provider.currency)
            }
            return span.end
        }
        guard isWordStart, text.folded[position].isWordCharacter || text.folded[position] == "+" else {
            return position + 1
        }
        let kinds: [(FormatField, Bool)] = [
            (.date, captures.date == nil), (.time, captures.minute == nil), (.payerPhone, captures.phone == nil),
            (.txnID, captures.texts[.txnID] == nil),
        ]
        for (field, isWanted) in kinds where isWanted {
            var end: Int?
            let place = FormatPattern.Place(field: field, shape: field.shape, isBare: false)
            matcher.forEachEnd(of: place, at: position) { found, _ in end = end ?? found }
            guard let end, field != .txnID || text.folded[position..<end].contains(where: \.isDigit) else { continue }
            matcher.capture(place, position..<end, into: &captures)
            return end
        }
        return position + 1
    }

    /// `5.00` is money even without a currency; `5` may be anything, and `1.2.3` is not a number.
    private func hasDecimals(_ digits: ArraySlice<Unicode.Scalar>) -> Bool {
        digits.split(separator: ".").count == 2 && digits.suffix(3).first == "."
    }

    /// Whether a balance phrase stands shortly before the position.
    private func isBalance(before position: Int, _ text: NormalizedText) -> Bool {
        let near = NormalizedText(text.text(max(0, position - 28)..<position) + " ")
        return index.find(in: near).contains(any: index.balance)
    }
}
