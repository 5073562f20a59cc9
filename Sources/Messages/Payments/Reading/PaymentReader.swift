import Domain

/// Reads providers' texts with the loaded formats. Pure: the same text gives the same reading.
package struct PaymentReader: Sendable {
    package let providers: [PaymentProvider]
    /// Wallets of which only the originators are known.
    let unused: [UnusedWallet]
    let families: [FormatFamily]
    let words: PaymentWords
    let countries: [String: Country]
    let index: ReaderIndex

    init(
        providers: [PaymentProvider], unused: [UnusedWallet] = [], families: [FormatFamily], words: PaymentWords,
        countries: [String: Country]
    ) {
        self.providers = providers
        self.unused = unused
        self.families = families
        self.words = words
        self.countries = countries
        index = ReaderIndex(providers, unused, words)
    }

    /// The same reader with only some wallets in use; family formats are already included in them. Of the other wallets
    /// of `country` only the originators are known.
    package func only(_ ids: [String], of country: String? = nil) -> PaymentReader {
        let others = providers.filter { !ids.contains($0.id) && $0.country == country }.map {
            UnusedWallet(id: $0.id, name: $0.name, country: $0.country, originators: $0.originators)
        }
        return PaymentReader(
            providers: providers.filter { ids.contains($0.id) }, unused: others, families: [], words: words,
            countries: countries)
    }

    package func provider(_ id: String) -> PaymentProvider? { providers.first { $0.id == id } }

    /// Whether a wallet uses this originator.
    package func knows(originator: String) -> Bool { index.speakers[originator] != nil }

    /// Reads a text. Without a `country`, any loaded provider may have written it.
    package func read(from originator: Originator, raw: String, text: String, country: String?) -> ProviderReading {
        let indexed = IndexedText(NormalizedText(text), index, words)
        let speakers = (index.speakers[raw] ?? []).filter { country == nil || providers[$0].country == country }
        if !speakers.isEmpty { return readTrusted(indexed, speakers) }
        let silent = (index.unusedSpeakers[raw] ?? []).first { country == nil || unused[$0].country == country }
        if let silent { return readUnused(indexed, unused[silent]) }
        switch originator {
        case .phone: return readFromPhone(indexed, country)
        case .alphanumeric, .shortCode: return readFromStranger(indexed, raw, country)
        }
    }

    struct Match {
        let provider: PaymentProvider
        let format: PaymentFormat
        let captures: FormatCaptures

        private static let ownFormat = 150
        /// The score of the match; a wallet's own formats are preferred to shared ones.
        var weight: Int { captures.score + (format.isShared ? 0 : Self.ownFormat) }

        /// The text names only the currency of the provider's country, or none.
        var isInOwnCurrency: Bool {
            captures.amounts.values.allSatisfy { $0.currency == nil || $0.currency == provider.currency }
        }
    }

    // MARK: Texts from providers

    private func readTrusted(_ text: IndexedText, _ speakers: [Int]) -> ProviderReading {
        let provider = providers[speakers[0]]
        var matches: [Match] = []
        var unclear: [PaymentFormat] = []
        for speaker in speakers {
            unclear += forEachFit(text, of: speaker) { matches.append($0) }
        }
        if unclear.contains(where: { $0.means == .credit || $0.means == .reverse })
            || !unclear.isEmpty && matches.contains(where: { $0.format.means == .credit })
        {
            return glean(
                ProviderReading(
                    .review, provider: provider,
                    reason: "the text can be read in two ways that disagree about money"), text, provider)
        }
        // No money came in, whichever way its figures are read.
        if matches.isEmpty, let format = unclear.first {
            return ProviderReading(
                format.means == .review ? .review : .ignore, provider: provider, format: format,
                reason: "the figures in the text can be read in two ways")
        }
        // Of wallets with the same name in several countries, prefer those whose currency the text names.
        if matches.contains(where: \.isInOwnCurrency) { matches.removeAll { !$0.isInOwnCurrency } }
        // A reversal repeats the payment that it reverses. If there is another reading, ignore a doubtful credit.
        if matches.contains(where: { $0.format.means != .credit }) {
            matches.removeAll { $0.format.means == .credit && doubt(about: $0, in: text) != nil }
        }
        guard let best = matches.max(by: { $0.weight < $1.weight }) else {
            return readUnknown(text, provider)
        }
        if matches.allSatisfy({ $0.captures.hasImpossibleTime }) {
            return ProviderReading(
                .quarantine, provider: best.provider, format: best.format, reason: "the date does not exist")
        }
        if best.provider.hasDatedIDs, best.format.means == .credit || best.format.means == .reverse,
            let id = best.captures.texts[.txnID], DatedIdentifier(id)?.hasMonth == false
        {
            return ProviderReading(
                .quarantine, provider: best.provider, format: best.format, reason: "the date in the id does not exist")
        }
        // If any reading is a credit, all readings must agree.
        let isContested = matches.contains { match in
            match.format.means == .credit
                && (best.format.means != .credit || !match.captures.agrees(with: best.captures))
                || match.format.means != .credit && best.format.means == .credit
        }
        guard !isContested else {
            return glean(
                ProviderReading(.review, provider: provider, reason: "two formats match and disagree"), text, provider)
        }
        var reading = reading(best)
        if reading.disposition == .credit, let doubt = doubt(about: best, in: text) {
            reading.disposition = .review
            reading.reason = doubt
        }
        return reading.disposition == .review ? withCandidates(reading, text, provider) : reading
    }

    /// Tries a provider's formats; returns those that match in several ways that disagree.
    func forEachFit(_ text: IndexedText, of place: Int, _ body: (Match) -> Void) -> [PaymentFormat] {
        var unclear: [PaymentFormat] = []
        let provider = providers[place]
        let matcher = FormatMatcher(text, of: provider)
        for (number, format) in provider.formats.enumerated()
        where index.mayFit(text.found, provider: place, format: number) {
            switch matcher.fit(format.pattern) {
            case .none: continue
            case .one(let captures) where !admits(captures.texts[.payerName], format): continue
            case .one(let captures): body(Match(provider: provider, format: format, captures: captures))
            case .ambiguous: unclear.append(format)
            }
        }
        return unclear
    }

    /// Whether a format accepts a payer of this name.
    func admits(_ name: String?, _ format: PaymentFormat) -> Bool {
        guard let wanted = format.payer else { return true }
        return isInstitution(name) == (wanted == .institution)
    }

    func isInstitution(_ name: String?) -> Bool {
        let known = name.map { NormalizedText($0) }
        return known.map { name in words.institutions.contains(where: name.contains) } ?? false
    }

    func reading(_ match: Match) -> ProviderReading {
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
            // Three decimals may be a thousands group, as some wallets write it.
            let decimals = reading.fields.amount.flatMap { DecimalText($0)?.decimals.count } ?? 0
            if money?.isPositive != true || decimals == 3 && currency?.exponent != 3 {
                reading.disposition = .review
                reading.reason = "the amount is not a valid positive amount of money"
            }
            let currencies = [FormatField.amount, .newBalance].compactMap { match.captures.amounts[$0]?.currency }
            if Set(currencies).count > 1 {
                reading.disposition = .review
                reading.reason = "the amount and the balance are in different currencies"
            }
            reading.lacksIdentifier = match.provider.printsIDs && reading.fields.txnID == nil
            if let missing = missing(match, reading.fields) {
                reading.disposition = .review
                reading.reason = "the text has no \(missing.rawValue), which the wallet always prints"
            }
        }
        return reading
    }

    /// The fallback: a text that matches no format but mentions money received goes to review and is never ignored.
    private func readUnknown(_ text: IndexedText, _ provider: PaymentProvider) -> ProviderReading {
        let amounts = provider.amounts.count(in: text.text.folded)
        let speaksOfMoney =
            text.found.contains(any: index.received) && (amounts > 0 || hasBareAmount(text.text))
            || text.found.contains(any: index.balance) && amounts > 0
        guard speaksOfMoney else {
            return ProviderReading(
                .ignore, provider: provider, reason: "no format matches, and no payment is mentioned")
        }
        return glean(
            ProviderReading(.review, provider: provider, reason: "no format matches, and the text mentions money"),
            text,
            provider)
    }

    /// Whether a text contains a number with decimals.
    private func hasBareAmount(_ text: NormalizedText) -> Bool {
        text.folded.indices.dropFirst().dropLast().contains { place in
            (text.folded[place] == "." || text.folded[place] == ",") && text.folded[place - 1].isDigit
                && text.folded[place + 1].isDigit
        }
    }
}
