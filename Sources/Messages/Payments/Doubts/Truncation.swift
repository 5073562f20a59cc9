import Domain

/// Detects truncated texts: a piece of a notice must never be read as a notice with another id, amount, balance or
/// reference.
extension PaymentReader {
    /// The first field that every complete text has and this one lacks; `nil` if none is missing.
    func missing(_ match: Match, _ fields: PaymentFields) -> PrintedField? {
        let wanted = match.format.alwaysPrints ?? match.provider.alwaysPrints
        return PrintedField.allCases.first { field in
            guard wanted.contains(field) else { return false }
            return switch field {
            case .id: fields.txnID == nil
            case .balance: fields.newBalance == nil
            case .time: fields.timestamp == nil
            case .reference: fields.reference == nil
            }
        }
    }

    /// The reason why a text may be truncated; `nil` if it is complete.
    func breakOff(of match: Match, in text: NormalizedText) -> String? {
        let end = TextEnd(text)
        if let span = match.captures.spans[.txnID], end.follows(span), !isWhole(span, match, end) {
            return "the text ends with the id, which may be truncated"
        }
        if let span = match.captures.spans[.reference], end.follows(span), !end.isStopped(behind: span),
            !match.format.endsWithReference
        {
            return "the text ends with the reference, which may be truncated"
        }
        for field in [FormatField.newBalance, .amount] {
            guard let span = match.captures.spans[field], end.followsNumber(span) else { continue }
            guard AmountAtEnd(field, span, match, text, end).isWhole else {
                return "the text ends with an amount, which may be truncated"
            }
        }
        return nil
    }

    /// Whether an id at the end of a text is complete.
    private func isWhole(_ span: Range<Int>, _ match: Match, _ end: TextEnd) -> Bool {
        let id = match.captures.texts[.txnID] ?? ""
        let lengths = match.format.isShared ? match.provider.longestIDs : match.format.longestIDs
        if let longest = lengths[IdentifierKind(id)], id.unicodeScalars.count >= longest { return true }
        // The part before a point may be the first part of an id with points.
        let mayGoOn = match.provider.identifiers.contains { $0.begins(with: id) }
        return !mayGoOn && end.isStopped(behind: span)
    }
}

/// The end of a text, without trailing punctuation.
struct TextEnd {
    private let text: NormalizedText
    /// The position after the last character that is not a separator.
    private let last: Int

    init(_ text: NormalizedText) {
        self.text = text
        last = (text.folded.lastIndex { !Separators.isSeparator($0) } ?? -1) + 1
    }

    /// Whether only marks follow the field.
    func follows(_ span: Range<Int>) -> Bool { span.upperBound >= last }

    /// Whether only marks and digits follow the field; they may be the rest of its number.
    func followsNumber(_ span: Range<Int>) -> Bool {
        text.folded[min(span.upperBound, text.folded.count)...].allSatisfy { $0.isDigit || Separators.isSeparator($0) }
    }

    /// Whether a mark that ends a sentence follows the field.
    func isStopped(behind span: Range<Int>) -> Bool {
        text.folded[min(span.upperBound, text.folded.count)...].contains { $0 == "." || $0 == "!" || $0 == ")" }
    }
}

/// An amount at the end of a text, to decide whether all its digits are there.
private struct AmountAtEnd {
    private let sum: ReadAmount?
    private let other: ReadAmount?
    private let hasCurrencyBehind: Bool
    private let othersHaveCurrencyBehind: Bool
    private let isGrouped: Bool
    private let isStopped: Bool
    private let isIrregular: Bool
    private let hasDigitsBehind: Bool
    private let isBelowAmount: Bool
    /// Wallets print no fractions of the currency, so a point after a number ends the sentence.
    private let hasNoCents: Bool

    init(
        _ field: FormatField, _ span: Range<Int>, _ match: PaymentReader.Match, _ text: NormalizedText, _ end: TextEnd
    ) {
        let amounts = match.provider.amounts
        func shape(_ span: Range<Int>?) -> AmountShape.Span? {
            span.flatMap { amounts.span(text.folded, at: $0.lowerBound, needsCurrency: false) }
        }
        let otherField: FormatField = field == .amount ? .newBalance : .amount
        sum = match.captures.amounts[field]
        other = match.captures.amounts[otherField]
        let own = shape(span)
        hasCurrencyBehind = own.map { $0.end > $0.digits.upperBound } ?? false
        othersHaveCurrencyBehind =
            shape(match.captures.spans[otherField]).map { $0.end > $0.digits.upperBound } ?? false
        isGrouped = own.map { text.folded[$0.digits].contains { !$0.isDigit } } ?? false
        isStopped = end.isStopped(behind: span)
        isIrregular = match.provider.hasIrregularDecimals
        hasDigitsBehind = !end.follows(span)
        let currency = Currency(code: sum?.currency ?? match.provider.currency)
        func money(_ read: ReadAmount?) -> Money? {
            currency.flatMap { currency in read?.decimal.flatMap { Money(decimal: $0, in: currency) } }
        }
        isBelowAmount =
            field == .newBalance && (money(sum) ?? .zero) < (money(match.captures.amounts[.amount]) ?? .zero)
        hasNoCents = AmountShape.hasNoCents(currency?.code) || currency?.code == "TZS"
    }

    private static func decimals(_ amount: ReadAmount?) -> Int? {
        amount?.decimal.map { DecimalText($0)?.decimals.count ?? 0 }
    }

    var isWhole: Bool {
        if hasCurrencyBehind { return true }
        // After decimals and a space another number begins; a whole number may continue with groups of three.
        if hasDigitsBehind { return Self.decimals(sum) ?? 0 > 0 }
        guard !othersHaveCurrencyBehind, let decimals = Self.decimals(sum) else { return false }
        // A number has at most one decimal point: the next point ends the sentence.
        if decimals > 0 { return isStopped || !isIrregular && hasAllDecimals(decimals) }
        // A whole number is complete if the other amount has no decimals either, and a mark or the grouping shows the
        // end.
        guard Self.decimals(other) ?? 0 == 0, !isBelowAmount else { return false }
        return isStopped && hasNoCents || isGrouped
    }

    /// Whether there are as many decimals as in the other amount, or two, the maximum for a currency with cents.
    private func hasAllDecimals(_ decimals: Int) -> Bool {
        let others = Self.decimals(other) ?? 2
        return decimals == others || decimals == 2 && others < 2
    }
}
