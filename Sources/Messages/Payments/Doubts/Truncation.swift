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
