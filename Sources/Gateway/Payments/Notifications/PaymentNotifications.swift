import Store
import Domain
import Messages

/// Notifies payers and owners of what was done with a payment.
struct PaymentNotifications: Sendable {
    private let company: Company
    private let settings: GatewaySettings
    private let notifier: Notifier
    private let notificationText: PaymentNotificationText

    init(_ gateway: Gateway) {
        company = gateway.company
        settings = gateway.settings
        notifier = Notifier(gateway)
        notificationText = PaymentNotificationText(gateway)
    }

    // MARK: Payments that were used

    /// Notifies the payer, and the device's owner if that is someone else, of each step of the allocation.
    func used(_ plan: PaymentAllocator.Plan, _ payment: Payment, _ step: Step) throws {
        let token = try step.tokens.token(of: payment.id)
        for (phone, isPayer) in readers(payment, plan.owner) {
            let lines = try notificationText.lines(
                isPayer: isPayer, try notifier.languages(of: phone, step), plan, token, payment, step)
            switch settings.notifications {
            case .combined:
                let text = lines.map(\.text).joined(separator: "\n")
                try queue(text, key: "done", carrying: token, phone, payment, step)
            case .eachStep:
                for (index, line) in lines.enumerated() {
                    try queue(
                        line.text, key: "step\(index)", carrying: line.isToken ? token : nil, phone, payment, step)
                }
            }
        }
    }

    /// Sends a token that arrived after the other notifications.
    func arrived(
        _ token: IssuedToken, _ device: Device, _ payment: Payment, _ step: Step
    ) throws {
        guard let owner = try step.registry.customer(device.customer) else { return }
        for (phone, _) in readers(payment, owner) {
            let text = try notificationText.token(token, device, notifier.languages(of: phone, step))
            try queue(text, key: "token", carrying: token, phone, payment, step)
        }
    }

    /// Sends the stored token again. Returns `false` if neither the payer nor the owner has a phone.
    func again(
        _ token: IssuedToken, _ device: Device, _ payment: Payment, _ step: Step
    ) throws -> Bool {
        guard let owner = try step.registry.customer(device.customer) else { return false }
        let readers = readers(payment, owner)
        for (phone, _) in readers {
            let text = try notificationText.token(
                token, device, notifier.languages(of: phone, step),
                boughtOn: company.calendar.today(at: token.createdAt))
            try queue(text, key: "again/\(step.now.milliseconds)", carrying: token, phone, payment, step)
        }
        return !readers.isEmpty
    }

    /// Sends the owner the token of a device whose plan was advanced by a payment for another device.
    func beside(_ token: IssuedToken, _ device: Device, _ step: Step) throws {
        guard let phone = try step.registry.customer(device.customer)?.phones.first else { return }
        let text = try notificationText.token(token, device, notifier.languages(of: phone, step))
        try notifier.send(text, .token, to: phone, key: "token/\(token.id)", step)
    }

    /// The payer, and one of the owner's phones unless the payer's phone is the owner's.
    private func readers(_ payment: Payment, _ owner: Customer) -> [(phone: PhoneNumber, isPayer: Bool)] {
        let payer = payment.payerPhone.map { [($0, true)] } ?? []
        let isOwners = payment.payerPhone.map(owner.phones.contains) ?? false
        return payer + (isOwners ? [] : owner.phones.prefix(1).map { ($0, false) })
    }

    /// Tells the payer that the money was received and that staff will provide the token.
    func tokenDelayed(_ payment: Payment, _ step: Step) throws {
        guard let phone = payment.payerPhone else { return }
        let text = try notifier.text(
            .tokenDelayed, notifier.languages(of: phone, step),
            ["amount": company.text(payment.amount)])
        try queue(text, key: "later", phone, payment, step)
    }

    // MARK: Payments that were rejected, refunded or undone

    func rejected(_ payment: Payment, _ step: Step) throws {
        try tellPayer(
            .rejected, ["amount": company.text(payment.amount), "company": company.name], payment, step)
    }

    func refunded(_ payment: Payment, reference: String, _ step: Step) throws {
        try tellPayer(
            .refunded, ["amount": company.text(payment.amount), "reference": reference], payment, step)
    }

    /// Notifies the payer and the owner of the device. Only the owner is told what is owed.
    func reversed(
        _ payment: Payment, _ remains: PaymentUndo.Remains, _ step: Step
    ) throws {
        var values = ["amount": company.text(payment.amount)]
        if let id = payment.printedID { values["reference"] = id }
        let device = try payment.device.flatMap { try step.registry.device($0) }
        guard let owner = try device.flatMap({ try step.registry.customer($0.customer) }) else {
            return try tellPayer(.reversed, values, payment, step)
        }
        for (phone, isPayer) in readers(payment, owner) {
            var values = values
            // Only the owner is told about the owner's debt.
            if !isPayer || owner.phones.contains(phone) { values.merge(owed(remains)) { $1 } }
            let text = try notifier.text(.reversed, notifier.languages(of: phone, step), values)
            try queue(text, key: "reversed", phone, payment, step)
        }
    }

    /// Notifies the owner of the device that a payment was wrongly used for.
    func takenBack(
        _ payment: Payment, from device: Device, _ remains: PaymentUndo.Remains, _ step: Step
    ) throws {
        guard let phone = try step.registry.customer(device.customer)?.phones.first else { return }
        var values = ["amount": company.text(payment.amount), "serial": device.serial.text]
        values.merge(owed(remains)) { $1 }
        let text = try notifier.text(.takenBack, notifier.languages(of: phone, step), values)
        try queue(text, key: "taken-back", phone, payment, step)
    }

    private func owed(_ remains: PaymentUndo.Remains) -> [String: String] {
        var values: [String: String] = [:]
        if remains.reopened.isPositive { values["open"] = company.text(remains.reopened) }
        if remains.debt.isPositive { values["debt"] = company.text(remains.debt) }
        return values
    }

    private func tellPayer(
        _ name: TextName, _ values: [String: String], _ payment: Payment, _ step: Step
    ) throws {
        guard let phone = payment.payerPhone else { return }
        let text = try notifier.text(name, notifier.languages(of: phone, step), values)
        try queue(text, key: name.rawValue, phone, payment, step)
    }

    // MARK: Questions

    func unknownSerial(_ typed: String, _ payment: Payment, _ step: Step) throws {
        guard let phone = payment.payerPhone else { return }
        try open(payment, phone, [], step)
        let text = try notifier.text(
            .unknownSerial, notifier.languages(of: phone, step),
            ["serial": typed.quotable, "amount": company.text(payment.amount)])
        try queue(text, key: "question", phone, payment, step)
    }

    func ask(among devices: [Device], _ payment: Payment, _ step: Step) throws {
        guard let phone = payment.payerPhone else { return }
        let own = Array(devices.prefix(9))
        try open(payment, phone, own.map(\.serial), step)
        try queue(
            question(own.map(\.serial), payment.amount, phone, step), key: "question", phone, payment, step)
    }

    /// The text of the question which device a payment is for.
    func question(_ options: [Serial], _ amount: Money, _ phone: PhoneNumber, _ step: Step) throws
        -> String
    {
        let languages = try notifier.languages(of: phone, step)
        guard !options.isEmpty else {
            return try notifier.text(.whichDevice, languages, ["amount": company.text(amount)])
        }
        let list = options.enumerated().map { "\($0 + 1) = \($1.text)" }.joined(separator: "\n")
        return try notifier.text(
            .whichDeviceList, languages, ["amount": company.text(amount), "list": list])
    }

    private func open(
        _ payment: Payment, _ phone: PhoneNumber, _ options: [Serial], _ step: Step
    ) throws {
        try step.questions.ask(
            Question(
                phone: phone, payment: payment.id, options: options,
                expiresAt: step.now.adding(settings.questionLifetime)),
            at: step.now)
    }

    // MARK: The outbox

    private func queue(
        _ text: String, key: String, carrying token: IssuedToken? = nil, _ phone: PhoneNumber, _ payment: Payment,
        _ step: Step
    ) throws {
        // The notifications of an earlier, undone use have keys of their own.
        let use = payment.timesUndone == 0 ? "\(payment.id)" : "\(payment.id).\(payment.timesUndone)"
        try notifier.send(
            text, token == nil ? .answer : .token, to: phone, key: "payment/\(use)/\(key)",
            about: .init(payment: payment.id, token: token?.id, message: payment.message), step)
    }
}
