import Domain

/// How one format reads one text, and where it came to its end: what an installer sees who writes formats.
package struct FormatTrial: Sendable {
    package let provider: String
    package let format: String
    package let means: FormatMeaning
    /// `nil` where the format does not fit.
    package var fields: PaymentFields?
    /// How well it fits beside others.
    package var score: Int?
    /// What of the text was understood before the pattern came to its end.
    package var understood: String?
    /// What stands there instead.
    package var found: String?
    /// What the pattern would have taken there.
    package var wanted: [String] = []
    /// Why a text that fits does not count.
    package var doubt: String?
}

extension PaymentReader {
    /// Tries every format of the wallets that speak under an originator (of all wallets, where none does), the fullest
    /// reading first, then those that came furthest.
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
            trial.doubt = admits(captures.texts[.payerName], format) ? nil : "the payer is another kind of payer"
            if trial.doubt == nil, format.means == .credit { trial.doubt = doubt(about: match, in: text) }
        case .ambiguous: trial.doubt = "it fits in ways that disagree about money"
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
    /// A step in the words of the pattern's author.
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
        case .identifier: " (an id of the wallet's shape)"
        case .phone: " (a telephone number of the country)"
        case .date: " (a date)"
        case .time: " (a time)"
        case .letters: " (a name without digits)"
        case .code, .digits: " (a code)"
        case .sentence: " (a sentence without money)"
        case .text, .tail: ""
        }
    }
}
