import Domain

/// Reads providers' texts by the formats that were loaded. Pure: the same text gives the same reading.
package struct PaymentReader: Sendable {
    package let providers: [PaymentProvider]
    let words: PaymentWords
    let countries: [String: Country]
    private let skeletons: [(skeleton: [Unicode.Scalar], country: String)]

    init(providers: [PaymentProvider], words: PaymentWords, countries: [String: Country]) {
        self.providers = providers
        self.words = words
        self.countries = countries
        skeletons = providers.flatMap { provider in
            (provider.originators + [provider.name]).map { (LookAlike.skeleton($0), provider.country) }
        }
    }

    /// The same reader with some providers only.
    package func only(_ ids: [String]) -> PaymentReader {
        PaymentReader(providers: providers.filter { ids.contains($0.id) }, words: words, countries: countries)
    }

    /// Reads a text. Without a `country` every loaded provider may have written it.
    package func read(from originator: Originator, raw: String, text: String, country: String?) -> ProviderReading {
        let normalized = NormalizedText(text)
        let speakers = speakers(raw, country)
        if !speakers.isEmpty { return readTrusted(normalized, speakers) }
        switch originator {
        case .phone: return readFromPhone(normalized, country)
        case .alphanumeric, .shortCode: return readFromStranger(normalized, raw, country)
        }
    }

    private func speakers(_ originator: String, _ country: String?) -> [PaymentProvider] {
        providers.filter { (country == nil || $0.country == country) && $0.originators.contains(originator) }
    }

    // MARK: A provider wrote

    private func readTrusted(_ text: NormalizedText, _ speakers: [PaymentProvider]) -> ProviderReading {
        var matches: [Match] = []
        for provider in speakers {
            for format in provider.formats {
                switch fit(text, provider, format) {
                case .none: continue
                case .one(let captures): matches.append(Match(provider: provider, format: format, captures: captures))
                case .ambiguous:
                    return review(speakers, format, "the text can be read in two ways that disagree about money", text)
                }
            }
        }
        // A reversal tells again what it reverses.
        if matches.contains(where: { $0.format.means != .credit }), says(text, words.voids) {
            matches.removeAll { $0.format.means == .credit }
        }
        guard let best = matches.max(by: { $0.captures.score < $1.captures.score }) else {
            return readUnknown(text, speakers)
        }
        if matches.contains(where: { $0.captures.hasImpossibleTime }),
            matches.allSatisfy({ $0.captures.hasImpossibleTime })
        {
            return ProviderReading(
                .quarantine, provider: best.provider, format: best.format, reason: "the date does not exist")
        }
        guard matches.allSatisfy({ $0.format.means == best.format.means && $0.captures.agrees(with: best.captures) })
        else {
            return review(speakers, best.format, "two formats fit and disagree", text)
        }
        var reading = reading(best)
        if reading.disposition == .credit, let doubt = doubt(about: best, in: text) {
            reading.disposition = .review
            reading.reason = doubt
        }
        return reading
    }

    /// What speaks against a text of money received that a format fits: patterns end with advertisements, and not all
    /// that stands there is one.
    private func doubt(about match: Match, in text: NormalizedText) -> String? {
        if says(text, words.voids) { return "the text takes back what it says" }
        let name = match.captures.texts[.payerName].map { String(String.UnicodeScalarView(Folding.fold($0))) } ?? ""
        let parts = name.split { !$0.isLetter }
        if let word = words.notPayers.first(where: { parts.contains(Substring($0)) }) {
            return "money from a '\(word)' came in another way"
        }
        for field in [FormatField.payerName, .reference] {
            let free = NormalizedText(match.captures.texts[field] ?? "")
            if says(free, words.balance), amountCount(in: free, match.provider.amounts) > 0 {
                return "a payer's own words speak of a balance"
            }
        }
        if match.captures.amounts[.newBalance]?.isNegative == true { return "the balance is negative" }
        if let start = match.captures.tail {
            let tail = NormalizedText(text.text(start..<text.scalars.count))
            if amountCount(in: tail, match.provider.amounts) > 0,
                says(tail, words.received) || says(tail, words.balance)
            {
                return "the text speaks of money twice"
            }
        }
        return nil
    }

    private struct Match {
        let provider: PaymentProvider
        let format: PaymentFormat
        let captures: FormatCaptures
    }

    private func fit(_ text: NormalizedText, _ provider: PaymentProvider, _ format: PaymentFormat) -> FormatFit {
        FormatMatcher(
            text: text, amounts: provider.amounts, identifiers: provider.identifiers, plan: provider.plan,
            dateOrder: provider.dateOrder
        ).fit(format.pattern)
    }

    private func reading(_ match: Match) -> ProviderReading {
        var reading = ProviderReading(.ignore, provider: match.provider, format: match.format)
        reading.fields = PaymentFields(match.captures, defaultCurrency: match.provider.currency)
        switch match.format.means {
        case .ignore: reading.disposition = .ignore
        case .review: reading.disposition = .review
        case .reverse: reading.disposition = .reverse
        case .credit:
            reading.disposition = .credit
            let currency = reading.fields.currency.flatMap { Currency(code: $0) }
            let money = currency.flatMap { currency in
                reading.fields.amount.flatMap { Money(decimal: $0, in: currency) }
            }
            // Three decimals may be thousands, as some write them.
            let decimals = reading.fields.amount.flatMap { DecimalText($0)?.decimals.count } ?? 0
            if money?.isPositive != true || decimals == 3 && currency?.exponent != 3 {
                reading.disposition = .review
                reading.reason = "the amount is not a positive sum of money"
            }
            reading.lacksIdentifier = !match.provider.identifiers.isEmpty && reading.fields.txnID == nil
        }
        return reading
    }

    private func review(
        _ speakers: [PaymentProvider], _ format: PaymentFormat?, _ reason: String, _ text: NormalizedText
    ) -> ProviderReading {
        var reading = ProviderReading(.review, provider: speakers.first, format: format, reason: reason)
        reading.format = nil
        return reading
    }

    /// The safety net: what no format fits but speaks of money received is looked at, never passed over.
    private func readUnknown(_ text: NormalizedText, _ speakers: [PaymentProvider]) -> ProviderReading {
        let amounts = speakers.map { amountCount(in: text, $0.amounts) }.max() ?? 0
        let speaksOfMoney = amounts > 0 && (says(text, words.received) || says(text, words.balance))
        return speaksOfMoney
            ? ProviderReading(.review, provider: speakers.first, reason: "no format fits, and the text speaks of money")
            : ProviderReading(.ignore, provider: speakers.first, reason: "no format fits, and no money moved")
    }

    // MARK: Somebody else wrote

    private func readFromPhone(_ text: NormalizedText, _ country: String?) -> ProviderReading {
        var receipt: Match?
        for provider in providers where country == nil || provider.country == country {
            for format in provider.formats {
                switch fit(text, provider, format) {
                case .none: continue
                case .one(let captures):
                    if format.means == .credit || format.means == .reverse || format.means == .review {
                        return ProviderReading(.quarantine, reason: "a provider's text from an ordinary phone")
                    }
                    if format.isPayersSide, captures.score > receipt?.captures.score ?? 0 {
                        receipt = Match(provider: provider, format: format, captures: captures)
                    }
                case .ambiguous: return ProviderReading(.quarantine, reason: "a provider's text from an ordinary phone")
                }
            }
        }
        if let receipt {
            var reading = reading(receipt)
            reading.disposition = .review
            reading.reason = "a forwarded receipt proves nothing"
            return reading
        }
        if imitates(text, country) || says(text, words.scams) {
            return ProviderReading(.quarantine, reason: "imitates a provider's notice of money received")
        }
        return ProviderReading(.person)
    }

    private func readFromStranger(_ text: NormalizedText, _ raw: String, _ country: String?) -> ProviderReading {
        let skeleton = LookAlike.skeleton(raw)
        if !skeleton.isEmpty,
            skeletons.contains(where: { $0.skeleton == skeleton && (country == nil || $0.country == country) })
        {
            return ProviderReading(.quarantine, reason: "the originator looks like a provider's and is not")
        }
        if imitates(text, country) {
            return ProviderReading(.quarantine, reason: "imitates a provider's notice of money received")
        }
        return ProviderReading(.ignore, reason: "a notice")
    }

    /// Words of money received, with an amount, and with a second one or an id: people do not write so.
    private func imitates(_ text: NormalizedText, _ country: String?) -> Bool {
        let nearby = countries.values.filter { country == nil || $0.code == country }
        let amounts = nearby.map { amountCount(in: text, $0.amounts) }.max() ?? 0
        guard amounts > 0, says(text, words.received) else { return false }
        return amounts > 1 || hasIdentifier(text)
    }

    // MARK: Words

    private func says(_ text: NormalizedText, _ phrases: [[Unicode.Scalar]]) -> Bool {
        phrases.contains { text.contains($0) }
    }

    private func amountCount(in text: NormalizedText, _ shape: AmountShape) -> Int {
        var count = 0
        var position = 0
        while position < text.folded.count {
            if let (_, end) = shape.match(text.folded, at: position, needsCurrency: true) {
                count += 1
                position = end
            } else {
                position += 1
            }
        }
        return count
    }

    /// A word of eight or more characters that mixes letters and digits, as transaction ids do.
    private func hasIdentifier(_ text: NormalizedText) -> Bool {
        text.folded.split { !$0.isWordCharacter }.contains { word in
            word.count >= 8 && word.contains(where: \.isDigit) && word.contains { !$0.isDigit }
        }
    }
}
