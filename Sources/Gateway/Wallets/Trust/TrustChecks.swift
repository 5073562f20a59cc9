import Domain
import Messages
import Store

/// What must be true of a notice from the right originator before its money counts; the chain of balances aside.
struct TrustChecks: Sendable {
    private let settings: GatewaySettings
    private let company: Company

    init(_ gateway: Gateway) {
        settings = gateway.settings
        company = gateway.company
    }

    /// Everything that speaks against a payment; empty when nothing does.
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

    /// What speaks against the printed time of a notice; `nil` when nothing does, or nothing is asked.
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

    /// Whether a printed time lies in the window around the SMS. A day without a time may be any moment of it.
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
        // An hour that the clocks left out is no moment: the day decides.
        guard let first, let last else {
            return isNear(WallTime(date: printed.date), sentAt)
        }
        let earliest = sentAt.adding(.zero - settings.trust.longestDelay)
        return last >= earliest && first <= sentAt.adding(settings.trust.longestLead)
    }

    /// `PP260101.0930.A12345`: two letters, the day, the time.
    private func doubt(aboutDateIn id: String, _ printed: WallTime?, _ sentAt: Timestamp) -> HoldReason? {
        guard let dated = DatedIdentifier(id) else { return nil }
        guard dated.isPossible, let date = dated.date else { return .undatedID(String(id.prefix(13))) }
        if let printed, abs(printed.date.daysSince1970 - date.daysSince1970) > 1 {
            return .idOfAnotherDate(date, text: printed.date)
        }
        return isNear(WallTime(date: date), sentAt) ? nil : .idOfAnotherDay(date)
    }
}
