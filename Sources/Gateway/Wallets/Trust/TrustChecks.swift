import Domain
import Messages

/// The checks on a notice before its money counts, other than originator, SMSC and chain of balances.
struct TrustChecks: Sendable {
    private let settings: GatewaySettings
    private let company: Company

    init(_ gateway: Gateway) {
        settings = gateway.settings
        company = gateway.company
    }

    /// The reasons to hold a payment; empty if all checks pass.
    func reasonsToHold(
        _ payment: Payment, _ fields: PaymentFields, _ provider: PaymentProvider?, _ message: InboxMessage
    ) -> [HoldReason] {
        func asks(_ check: TrustCheck) -> Bool { settings.trust.asks(check, of: payment.provider) }
        var reasons: [HoldReason] = []
        if message.isIncomplete { reasons.append(.missingParts) }
        if payment.currency != company.currency.code {
            reasons.append(.otherCurrency(payment.currency, company: company.currency.code))
        }
        if asks(.ceiling), let ceiling = [settings.amountCeiling, self.ceiling(of: provider)].compactMap({ $0 }).min(),
            payment.amount > ceiling
        {
            reasons.append(.aboveCeiling(ceiling))
        }
        if asks(.plausibility), let balance = payment.newBalance, balance < payment.amount {
            reasons.append(.balanceBelowAmount)
        }
        let sentAt = message.sentAt ?? message.receivedAt
        if let doubt = doubt(aboutTimeOf: fields, payment.provider, message) { reasons.append(doubt) }
        if asks(.plausibility), provider?.hasDatedIDs == true, let id = fields.txnID,
            let doubt = doubt(aboutDateIn: id, fields.timestamp, sentAt)
        {
            reasons.append(doubt)
        }
        return reasons
    }

    /// The doubt about the printed time of a notice; `nil` if there is none or the check is off.
    func doubt(aboutTimeOf fields: PaymentFields, _ provider: String, _ message: InboxMessage) -> HoldReason? {
        let sentAt = message.sentAt ?? message.receivedAt
        guard settings.trust.asks(.time, of: provider), let printed = fields.timestamp, !isNear(printed, sentAt) else {
            return nil
        }
        return .timesApart(printed: printed.text, sent: company.calendar.wallTime(at: sentAt).text)
    }

    private func ceiling(of provider: PaymentProvider?) -> Money? {
        provider?.ceiling.flatMap { Money(decimal: $0, in: company.currency) }
    }

    /// Whether a printed time lies in the window around the SMS. A date without a time may be any time of that day.
    private func isNear(_ printed: WallTime, _ sentAt: Timestamp) -> Bool {
        let first: Timestamp?
        let last: Timestamp?
        if printed.minute == nil {
            first = company.calendar.start(of: printed.date)
            last = company.calendar.start(of: CalendarDate(daysSince1970: printed.date.daysSince1970 + 1))
        } else {
            first = company.calendar.moment(of: printed)
            last = first
        }
        // A time skipped by a clock change does not exist, so only the day is compared.
        guard let first, let last else {
            return isNear(WallTime(date: printed.date), sentAt)
        }
        let earliest = sentAt.adding(.zero - settings.trust.longestDelay)
        return last >= earliest && first <= sentAt.adding(settings.trust.longestLead)
    }

    /// Checks the date in ids such as `PP260101.0930.A12345`: two letters, the date, the time.
    private func doubt(aboutDateIn id: String, _ printed: WallTime?, _ sentAt: Timestamp) -> HoldReason? {
        guard let dated = DatedIdentifier(id) else { return nil }
        guard dated.isPossible, let date = dated.date else { return .undatedID(String(id.prefix(13))) }
        if let printed, abs(printed.date.daysSince1970 - date.daysSince1970) > 1 {
            return .idOfAnotherDate(date, text: printed.date)
        }
        return isNear(WallTime(date: date), sentAt) ? nil : .idOfAnotherDay(date)
    }
}
