import Domain

/// An amount at the end of a text, to decide whether all its digits are there.
struct AmountAtEnd {
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
