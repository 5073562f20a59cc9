/// The stored form of a hold reason: its code and its facts.
extension HoldReason {
    package var code: Code {
        switch self {
        case .missingParts: .missingParts
        case .otherCurrency: .otherCurrency
        case .aboveCeiling: .aboveCeiling
        case .balanceBelowAmount: .balanceBelowAmount
        case .timesApart: .timesApart
        case .undatedID: .undatedID
        case .idOfAnotherDate: .idOfAnotherDate
        case .idOfAnotherDay: .idOfAnotherDay
        case .noTransactionID: .noTransactionID
        case .lacks: .lacks
        case .reversalOfAnotherAmount: .reversalOfAnotherAmount
        case .unprovenReversal: .unprovenReversal
        case .contradicted: .contradicted
        case .beyondBudget: .beyondBudget
        case .notInBalance: .notInBalance
        case .newSMSC: .newSMSC
        case .refusedNotice: .refusedNotice
        case .severalAlike: .severalAlike
        case .deviceWithoutOwner: .deviceWithoutOwner
        case .meterWithoutTariff: .meterWithoutTariff
        case .clock: .clock
        case .noToken: .noToken
        case .vendor: .vendor
        case .failure: .failure
        case .note: .note
        }
    }

    /// The facts by name; money in minor units, dates in ISO 8601.
    package var facts: [String: String] {
        switch self {
        case .otherCurrency(let currency, let company): ["currency": currency, "company_currency": company]
        case .aboveCeiling(let ceiling): ["ceiling": "\(ceiling.minor)"]
        case .notInBalance(let wallet, let text): ["wallet": "\(wallet.minor)", "text_balance": "\(text.minor)"]
        case .timesApart(let printed, let sent): ["printed": printed, "sent": sent]
        case .undatedID(let id): ["id": id]
        case .idOfAnotherDate(let date, let text): ["id_date": date.description, "date": text.description]
        case .idOfAnotherDay(let date): ["id_date": date.description]
        case .lacks(let field): ["field": field.rawValue]
        case .contradicted(let message): ["message": "\(message)"]
        case .clock(let text), .noToken(let text), .vendor(let text), .failure(let text), .note(let text):
            ["text": text]
        case .missingParts, .balanceBelowAmount, .noTransactionID, .reversalOfAnotherAmount, .unprovenReversal,
            .beyondBudget, .newSMSC, .severalAlike, .refusedNotice, .deviceWithoutOwner, .meterWithoutTariff:
            [:]
        }
    }

    /// Reads a stored reason; `nil` if a fact is missing or malformed.
    package init?(_ code: Code, _ facts: [String: String]) {
        func date(_ name: String) -> CalendarDate? { facts[name].flatMap { CalendarDate($0) } }
        let reason: HoldReason? =
            switch code {
            case .missingParts: .missingParts
            case .otherCurrency:
                facts["currency"].flatMap { own in
                    facts["company_currency"].map { .otherCurrency(own, company: $0) }
                }
            case .aboveCeiling: facts["ceiling"].flatMap { Int64($0) }.map { .aboveCeiling(Money(minor: $0)) }
            case .balanceBelowAmount: .balanceBelowAmount
            case .timesApart:
                facts["printed"].flatMap { printed in facts["sent"].map { .timesApart(printed: printed, sent: $0) } }
            case .undatedID: facts["id"].map { .undatedID($0) }
            case .idOfAnotherDate: date("id_date").flatMap { id in date("date").map { .idOfAnotherDate(id, text: $0) } }
            case .idOfAnotherDay: date("id_date").map { .idOfAnotherDay($0) }
            case .noTransactionID: .noTransactionID
            case .lacks: facts["field"].flatMap { PrintedField(rawValue: $0) }.map { .lacks($0) }
            case .reversalOfAnotherAmount: .reversalOfAnotherAmount
            case .unprovenReversal: .unprovenReversal
            case .contradicted:
                facts["message"].flatMap { Int64($0) }.map { .contradicted(by: InboxMessageID($0)) }
            case .beyondBudget: .beyondBudget
            case .notInBalance:
                facts["wallet"].flatMap { Int64($0) }.flatMap { wallet in
                    facts["text_balance"].flatMap { Int64($0) }.map {
                        .notInBalance(wallet: Money(minor: wallet), text: Money(minor: $0))
                    }
                }
            case .newSMSC: .newSMSC
            case .refusedNotice: .refusedNotice
            case .severalAlike: .severalAlike
            case .deviceWithoutOwner: .deviceWithoutOwner
            case .meterWithoutTariff: .meterWithoutTariff
            case .clock: facts["text"].map { .clock($0) }
            case .noToken: facts["text"].map { .noToken($0) }
            case .vendor: facts["text"].map { .vendor($0) }
            case .failure: facts["text"].map { .failure($0) }
            case .note: facts["text"].map { .note($0) }
            }
        guard let reason else { return nil }
        self = reason
    }
}
