import Domain

/// Reads texts that do not come from providers: a person's own words, or an imitation of a provider.
extension PaymentReader {
    func readFromPhone(_ text: IndexedText, _ country: String?) -> ProviderReading {
        let imitation = ProviderReading(.quarantine, reason: "a provider's text sent from an ordinary phone number")
        var receipt: Match?
        for place in providers.indices where country == nil || providers[place].country == country {
            var isNotice = false
            let unclear = forEachFit(text, of: place) { match in
                if match.format.isPayersSide, match.captures.isPrinted,
                    match.captures.score > receipt?.captures.score ?? .min
                {
                    receipt = match
                }
                isNotice = isNotice || match.format.means != .ignore
            }
            if isNotice || unclear.contains(where: { $0.means != .ignore }) { return imitation }
        }
        if let receipt {
            var reading = reading(receipt)
            reading.disposition = .review
            reading.reason = "a forwarded receipt is no proof of payment"
            return reading
        }
        if imitates(text, country) || text.found.contains(any: index.scams) {
            return ProviderReading(.quarantine, reason: "imitates a provider's notice of money received")
        }
        return ProviderReading(.person)
    }

    func readFromStranger(_ text: IndexedText, _ raw: String, _ country: String?) -> ProviderReading {
        if let countries = index.skeletons[Confusables.skeleton(raw)], country.map(countries.contains) ?? true {
            return ProviderReading(.quarantine, reason: "the originator looks like a provider's but is a different one")
        }
        // Other automatic senders do not report payments.
        if imitates(text, country, amounts: 1) {
            return ProviderReading(.quarantine, reason: "imitates a provider's notice of money received")
        }
        return ProviderReading(.ignore, reason: "a notice")
    }

    /// Whether a text has words of money received, and at least `least` amounts or an amount and an id. People do not
    /// write this way.
    private func imitates(_ text: IndexedText, _ country: String?, amounts least: Int = 2) -> Bool {
        guard text.found.contains(any: index.received) else { return false }
        let nearby = countries.values.filter { country == nil || $0.code == country }
        let amounts = nearby.map { $0.amounts.count(in: text.text.folded) }.max() ?? 0
        return amounts >= least || amounts > 0 && hasIdentifier(text.text)
    }

    /// Whether a word of eight or more characters mixes letters and digits, as transaction ids do.
    private func hasIdentifier(_ text: NormalizedText) -> Bool {
        text.folded.split { !$0.isWordCharacter }.contains { word in
            word.count >= 8 && word.contains(where: \.isDigit) && word.contains { !$0.isDigit }
        }
    }
}
