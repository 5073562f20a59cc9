import Store
import Domain
import Messages

/// Answers questions about balance, last token and price at once, and stores choices of language and broadcasts.
struct AccountDesk: Sendable {
    /// Maximum number of customers of one phone, and of lines per customer, in an answer, because an SMS is short.
    private static let mostListed = 6

    let company: Company
    private let library: CurrentLibrary
    let settings: GatewaySettings
    let notifier: Notifier
    let notificationText: PaymentNotificationText
    let tickets: TicketDesk

    init(_ gateway: Gateway) {
        company = gateway.company
        library = gateway.library
        settings = gateway.settings
        notifier = Notifier(gateway)
        notificationText = PaymentNotificationText(gateway)
        tickets = TicketDesk(gateway)
    }

    /// Answers a message. Returns `nil` if one of its intents is not handled here.
    func answer(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Outcome? {
        var answers: [Answer] = []
        for intent in text.reading.intents {
            guard let answer = try answer(intent, text, sender, languages, step) else { return nil }
            answers.append(answer)
        }
        var said = 0
        for (part, answer) in answers.enumerated() {
            let isSent =
                if let payment = answer.token {
                    try sendToken(answer.text, of: payment, text, sender, languages, part: part, step)
                } else {
                    try notifier.answer(answer.text, to: text.phone, text.message, part: part, step)
                }
            if isSent { said += 1 }
        }
        let asked = text.reading.intents.map(\.rawValue).joined(separator: ", ")
        return Outcome(.person, note: said > 0 ? "asked for \(asked)" : "asked for \(asked); was not answered again")
    }

    struct Answer {
        let text: String
        /// The payment whose token the answer contains.
        var token: PaymentID?
    }

    func answer(
        _ intent: Intent, _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Answer? {
        switch intent {
        case .balance, .debt: return try balance(sender, languages, step)
        case .resendToken: return try lastToken(text, sender, languages, step)
        case .meterOnly: return try namedMeter(text, sender, languages, step)
        case .tariff: return try price(text, sender, languages, step)
        case .howToPay:
            var values = ["company": company.name]
            let serials = try own(sender, step).map(\.serial)
            if serials.count == 1 { values["serial"] = serials[0].text }
            return Answer(text: try notifier.text(.howToPay, languages, values))
        case .help: return Answer(text: try notifier.text(.help, languages, ["company": company.name]))
        case .setLanguage: return try setLanguage(text, languages, step)
        case .optOut:
            try step.choices.setOptedOut(true, sender.phone, at: step.now)
            try step.outbox.cancelBroadcasts(to: sender.phone, at: step.now)
            return Answer(text: try notifier.text(.stopped, languages, ["company": company.name]))
        case .optIn:
            try step.choices.setOptedOut(false, sender.phone, at: step.now)
            return Answer(text: try notifier.text(.started, languages, ["company": company.name]))
        default: return nil
        }
    }

    func own(_ sender: Sender, _ step: Step) throws -> [Device] {
        try sender.customers.flatMap { try step.registry.devices(of: $0.id) }
    }

    // MARK: Balance

    private func balance(
        _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Answer? {
        // A stranger's question goes to staff.
        guard !sender.customers.isEmpty else { return nil }
        let today = step.today
        let lines = try sender.customers.prefix(Self.mostListed).map { customer in
            var values = ["credit": company.text(try step.ledger.credit(of: customer.id))]
            let overdue = try step.sales.overdue(of: customer.id, but: nil, before: today).map(\.outstanding).sum
            let access = try step.accessRates.outstanding(of: customer.id)
            let next = try step.sales.nextInstalment(of: customer.id, from: today)
            if overdue.isPositive { values["overdue"] = company.text(overdue) }
            if access.isPositive { values["access"] = company.text(access) }
            if let next {
                values["next"] = company.text(next.open)
                values["name"] = next.name
                values["date"] = next.due.description
            }
            if values.count == 1 { values["clear"] = try notifier.text(.balanceClear, languages, [:]) }
            let lines =
                [try notifier.text(.balance, languages, values)] + (try details(of: customer, languages, step))
            let text = lines.joined(separator: "\n")
            return sender.customers.count == 1 ? text : "\(customer.fullName)\n\(text)"
        }
        return Answer(text: lines.joined(separator: "\n"))
    }

    /// One line each for the outstanding amount of a sale, the days left of a device, and a pending payment.
    private func details(
        of customer: Customer, _ languages: [String], _ step: Step
    ) throws -> [String] {
        let sales = try step.sales.sales(of: customer.id).compactMap { sale -> String? in
            let open = try step.sales.outstanding(of: sale.id)
            guard open.isPositive else { return nil }
            return try notifier.text(.balanceSale, languages, ["name": sale.name, "open": company.text(open)])
        }
        let devices = try step.registry.devices(of: customer.id).compactMap { device -> String? in
            guard let days = device.daysLeft(at: step.now) else { return nil }
            return try notifier.text(.balanceDays, languages, ["serial": device.serial.text, "days": "\(days)"])
        }
        let pending = try step.payments.pending(for: customer.id).map {
            try notifier.text(.balancePending, languages, ["amount": company.text($0.amount)])
        }
        return Array((sales + devices + pending).prefix(Self.mostListed))
    }

    // MARK: Price and language

    private func price(
        _ text: PersonText, _ sender: Sender, _ languages: [String], _ step: Step
    ) throws -> Answer? {
        let meters = try own(sender, step).filter { $0.tariff != nil }
        let named = OwnSerials.named(in: text.message.body, among: meters.map(\.serial))
        let wanted = named.isEmpty ? meters : meters.filter { named.contains($0.serial) }
        var lines: [String] = []
        for meter in wanted.prefix(5) {
            guard let tariff = try meter.tariff.flatMap({ try step.tariffs.tariff(named: $0) }) else {
                continue
            }
            var values = ["price": "\(company.currency.code) \(tariff.price.decimal)"]
            if wanted.count > 1 { values["serial"] = meter.serial.text }
            lines.append(try notifier.text(.price, languages, values))
        }
        if meters.isEmpty {
            // Strangers are told the price only if all tariffs have the same.
            let tariffs = try step.tariffs.all()
            guard let only = tariffs.first, Set(tariffs.map(\.price)).count == 1 else { return nil }
            lines = [
                try notifier.text(.price, languages, ["price": "\(company.currency.code) \(only.price.decimal)"])
            ]
        }
        return lines.isEmpty ? nil : Answer(text: lines.joined(separator: "\n"))
    }

    private func setLanguage(_ text: PersonText, _ languages: [String], _ step: Step) throws -> Answer? {
        guard let wanted = text.reading.slots.languageTo, library.texts.languages.contains(wanted) else {
            return Answer(text: try notifier.text(.languageWhich, languages, [:]))
        }
        try step.choices.choose(language: wanted, for: text.phone)
        return Answer(text: try notifier.text(.languageSet, [wanted], [:]))
    }
}
