/// The result of trying one format on one text, with the position where it stopped; for people who write formats.
package struct FormatTrial: Sendable {
    package let provider: String
    package let format: String
    package let means: FormatMeaning
    /// `nil` if the format does not match.
    package var fields: PaymentFields?
    /// The score of the match, for comparison with other formats.
    package var score: Int?
    /// The part of the text that was understood before the pattern stopped.
    package var understood: String?
    /// The text at that position.
    package var found: String?
    /// The steps that the pattern expected there.
    package var wanted: [String] = []
    /// Why a matching text does not count.
    package var doubt: String?
}

extension PaymentReader {
    /// Tries every format of the wallets with this originator (of all wallets, if none has it). Sorted by score, then
    /// by how far the formats that do not match came.
    package func trials(raw: String, text: String, country: String?, only provider: String?) -> [FormatTrial] {
        let indexed = IndexedText(NormalizedText(text), index, words)
        var places = index.speakers[raw] ?? Array(providers.indices)
        if let provider { places = providers.indices.filter { providers[$0].id == provider } }
        let trials = places.filter { country == nil || providers[$0].country == country }.flatMap { place in
            providers[place].formats.map { trial(of: $0, providers[place], indexed) }
        }
        return trials.sorted {
            ($0.score ?? .min, $0.understood?.utf8.count ?? 0) > ($1.score ?? .min, $1.understood?.utf8.count ?? 0)
        }
    }

    private func trial(of format: PaymentFormat, _ provider: PaymentProvider, _ text: IndexedText) -> FormatTrial {
        var trial = FormatTrial(provider: provider.id, format: format.id, means: format.means)
        let matcher = FormatMatcher(text, of: provider)
        let (fit, miss) = matcher.trace(format.pattern)
        switch fit {
        case .one(let captures):
            let match = Match(provider: provider, format: format, captures: captures)
            trial.fields = PaymentFields(captures, defaultCurrency: provider.currency)
            trial.score = captures.score
            trial.doubt =
                admits(captures.texts[.payerName], format)
                ? nil : "the payer is not of the kind that the format requires"
            if trial.doubt == nil, format.means == .credit { trial.doubt = doubt(about: match, in: text) }
        case .ambiguous: trial.doubt = "it can be read in several ways that disagree about money"
        case .none:
            guard let miss else { break }
            trial.understood = text.text.text(0..<miss.position)
            trial.found = String(text.text.text(miss.position..<text.text.scalars.count).prefix(40))
            trial.wanted = Array(Set(miss.steps.map(format.pattern.describe))).sorted()
        }
        return trial
    }
}

extension FormatPattern {
    /// A step in the notation of pattern authors.
    func describe(_ number: Int) -> String {
        let step = steps[number]
        switch step.kind {
        case .literal: return "'" + String(String.UnicodeScalarView(letters[step.range])) + "'"
        case .place:
            let place = places[step.range.lowerBound]
            return "{" + place.field.rawValue + (place.isBare ? ":bare" : "") + "}" + place.shape.hint
        case .end: return "the end of the text"
        case .separator, .either: return "something else"
        }
    }
}

extension FormatField.Shape {
    fileprivate var hint: String {
        switch self {
        case .amount: " (an amount with its currency)"
        case .identifier: " (an id that matches the wallet's txn_id pictures)"
        case .phone: " (a phone number of the country)"
        case .date: " (a date)"
        case .time: " (a time)"
        case .letters: " (a name without digits)"
        case .code, .digits: " (a code)"
        case .sentence: " (a sentence without an amount)"
        case .text, .tail: ""
        }
    }
}
