/// Parses a cause from its stored key.
extension TicketCause {
    /// `nil` for a key that is malformed or unknown to this version.
    package init?(key: String) {
        let words = key.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let code = words.first.flatMap({ Code(rawValue: $0) }) else { return nil }
        func word(_ place: Int) -> String? { words.indices.contains(place) ? words[place] : nil }
        func number(_ place: Int) -> Int64? { word(place).flatMap { Int64($0) } }
        let cause: TicketCause? =
            switch code {
            case .cannotServe: number(1).map { .cannotServe(PaymentID($0)) }
            case .unprovenReversal: number(1).map { .unprovenReversal(PaymentID($0)) }
            case .earlyReversal:
                word(1).map {
                    .earlyReversal(provider: $0, transactionID: words.dropFirst(2).joined(separator: "/"))
                }
            case .reversal:
                number(1).flatMap { id in
                    word(2).flatMap { ReversalMatter(rawValue: $0) }.map { .reversal(PaymentID(id), $0) }
                }
            case .question: number(1).map { .question(QuestionID($0)) }
            case .lostToken: number(1).map { .lostToken(OutboxMessageID($0)) }
            case .vendorToken:
                number(1).flatMap { id in
                    number(2).map { .vendorToken(VendorTokenID(id), at: Timestamp(milliseconds: $0)) }
                }
            case .otherDevicePlan:
                number(1).flatMap { sale in number(2).map { .otherDevicePlan(SaleID(sale), PaymentID($0)) } }
            case .tokenAgain:
                word(1).flatMap { PhoneNumber(e164: $0) }.flatMap { phone in
                    word(2).flatMap { CalendarDate($0) }.map { .tokenAgain(phone, $0) }
                }
            case .accessOverdue:
                word(1).flatMap { month in
                    let numbers = month.split(separator: "-").compactMap { Int($0) }
                    return numbers.count == 2 ? .accessOverdue(year: numbers[0], month: numbers[1]) : nil
                }
            case .clock: number(1).map { .clock($0 == 0 ? nil : Timestamp(milliseconds: $0)) }
            }
        guard let cause else { return nil }
        self = cause
    }
}
