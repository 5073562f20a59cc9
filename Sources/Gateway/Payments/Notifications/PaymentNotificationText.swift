import Store
import Domain
import Messages

/// The text of the notifications about a payment that was used, one line for each step.
struct PaymentNotificationText: Sendable {
    struct Line {
        let text: String
        var isToken = false
    }

    private let notifier: Notifier
    private let company: Company

    init(_ gateway: Gateway) {
        notifier = Notifier(gateway)
        company = gateway.company
    }

    /// The lines in order: the token first, so that it is never cut off; then receipt, each debt paid, and credit kept.
    func lines(
        isPayer: Bool, _ languages: [String], _ plan: PaymentAllocator.Plan, _ token: IssuedToken?, _ payment: Payment,
        _ step: Step
    ) throws -> [Line] {
        var lines: [Line] = []
        func say(_ name: TextName, _ values: [String: String]) throws {
            lines.append(Line(text: try notifier.text(name, languages, values)))
        }
        if let token {
            lines.append(Line(text: try self.token(token, plan.device, languages), isToken: true))
        } else if plan.worth != nil {
            try say(.tokenLater, ["amount": company.text(payment.amount)])
        } else {
            let (name, values) = noToken(plan)
            try say(name, values)
        }
        try say(isPayer ? .received : .receivedForOther, arrival(payment, isPayer: isPayer))
        // The owner's remaining debts and credit are shown only to the owner; the payer sees what this payment did.
        let isPayersOwn = !isPayer || payment.payerPhone.map(plan.owner.phones.contains) ?? true
        for (name, paid, open) in try instalments(plan, step) {
            try say(
                .instalmentPaid,
                optional("open", isPayersOwn ? open : .zero, ["amount": company.text(paid), "name": name]))
        }
        let access = plan.use.access.map(\.amount).sum
        if access.isPositive {
            let open = isPayersOwn ? try step.accessRates.outstanding(of: plan.owner.id) : .zero
            try say(.accessPaid, optional("open", open, ["amount": company.text(access)]))
        }
        let credit = isPayersOwn ? try step.ledger.credit(of: plan.owner.id) : plan.use.creditChange
        if credit.isPositive {
            try isPayersOwn
                ? say(.creditKept, ["credit": company.text(credit)])
                : say(.creditForOwner, ["amount": company.text(credit)])
        }
        return lines
    }

    private func optional(_ place: String, _ money: Money, _ values: [String: String]) -> [String: String] {
        money.isPositive ? values.merging([place: company.text(money)]) { $1 } : values
    }

    private func arrival(_ payment: Payment, isPayer: Bool) -> [String: String] {
        var values = ["amount": company.text(payment.amount)]
        if isPayer {
            values["reference"] = payment.printedID
        } else {
            let payer = payment.payerName ?? payment.payerPhone?.e164 ?? payment.provider
            values["payer"] = String(payer.prefix(30))
        }
        return values
    }

    /// Why there is no token.
    private func noToken(_ plan: PaymentAllocator.Plan) -> (TextName, [String: String]) {
        let gotNothing =
            plan.use.ownInstalments.isEmpty && !plan.use.service.isPositive && !plan.use.creditChange.isPositive
        switch plan.terms {
        case _ where gotNothing: return (.noTokenDebts, [:])
        case .meter(let tariff):
            // The tariff's minimum purchase, or the cost of the smallest amount of energy if that is more.
            let step = tariff.price.cost(of: Energy(tenths: 1), in: company.currency)
            return (.noTokenSmall, ["minimum": company.text(max(tariff.minimumPurchase, step))])
        case .sale, .service: return (.noTokenDays, [:])
        case .nothing: return (.noTokenPaidOff, ["serial": plan.device.serial.text])
        }
    }

    /// For each sale: its name, the amount paid now and the amount still outstanding.
    private func instalments(_ plan: PaymentAllocator.Plan, _ step: Step) throws -> [(String, Money, Money)] {
        var sales: [(sale: Sale, paid: Money)] = []
        for part in plan.use.instalments + plan.use.ownInstalments {
            guard let sale = try step.sales.sale(of: part.id) else { continue }
            if let index = sales.firstIndex(where: { $0.sale.id == sale.id }) {
                sales[index].paid += part.amount
            } else {
                sales.append((sale, part.amount))
            }
        }
        return try sales.map { ($0.sale.name, $0.paid, try step.sales.outstanding(of: $0.sale.id)) }
    }

    // MARK: Tokens

    /// The text with a token's digits. A `date` says when a token that is sent again was bought.
    func token(_ token: IssuedToken, _ device: Device, _ languages: [String], boughtOn date: CalendarDate? = nil) throws
        -> String
    {
        var values = ["serial": device.serial.text]
        if token.digits.isEmpty { return try notifier.text(.charged, languages, values) }
        values["token"] = token.codes.map(Self.grouped).joined(separator: "\n")
        if let date { values["date"] = date.description }
        let name: TextName
        if token.unlocks {
            name = date == nil ? .tokenUnlock : .tokenUnlockAgain
        } else if token.days > 0 {
            name = date == nil ? .tokenDays : .tokenDaysAgain
            values["days"] = "\(token.days)"
        } else {
            name = date == nil ? .token : .tokenAgain
            values["units"] = token.energy.kilowattHours
        }
        return try notifier.text(name, languages, values)
    }

    /// The digits in groups of four, as they are read aloud and typed; the last group may be shorter.
    static func grouped(_ digits: String) -> String {
        var groups: [Substring] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(rest.prefix(4))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }
}
