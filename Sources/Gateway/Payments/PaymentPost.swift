import Domain
import Messages
import Store

/// Tells payers and owners each step of what their money did.
struct PaymentPost: Sendable {
    private let gateway: Gateway
    private let post: Post
    private var company: Company { gateway.company }

    init(_ gateway: Gateway) {
        self.gateway = gateway
        post = Post(gateway)
    }

    // MARK: A completed payment

    /// To the payer, and to the device's owner when that is somebody else.
    func completed(_ plan: MoneyUse.Plan, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        let owners = plan.owner.phones
        let payerIsOwner = payment.payerPhone.map(owners.contains) ?? false
        if let payer = payment.payerPhone { try tell(payer, isPayer: true, plan, payment, transaction, now) }
        // A payer nobody knows leaves the owner; one of the owner's own phones is enough.
        if !payerIsOwner, let owner = owners.first {
            try tell(owner, isPayer: false, plan, payment, transaction, now)
        }
    }

    private func tell(
        _ phone: PhoneNumber, isPayer: Bool, _ plan: MoneyUse.Plan, _ payment: Payment,
        _ transaction: Transaction, _ now: Timestamp
    ) throws {
        let languages = try post.languages(of: phone, transaction)
        let steps = try steps(isPayer: isPayer, languages, plan, payment, transaction)
        switch gateway.settings.notifications {
        case .combined:
            try queue(
                steps.map(\.text).joined(separator: "\n"), key: "done", plan.token == nil ? .answer : .token, phone,
                payment,
                transaction, now)
        case .eachStep:
            for (index, step) in steps.enumerated() {
                try queue(
                    step.text, key: "step\(index)", step.isToken ? .token : .answer, phone, payment, transaction, now)
            }
        }
    }

    /// The token first, so that it is never cut; then received, each debt paid, and what is kept.
    private func steps(
        isPayer: Bool, _ languages: [String], _ plan: MoneyUse.Plan, _ payment: Payment, _ transaction: Transaction
    ) throws -> [(text: String, isToken: Bool)] {
        func text(_ name: TextName, _ values: [String: String]) throws -> String {
            try post.text(name, languages, values)
        }
        let isPayersOwn = !isPayer || payment.payerPhone.map(plan.owner.phones.contains) ?? true
        var steps: [(text: String, isToken: Bool)] = []
        if let token = plan.token {
            let values = [
                "token": Self.grouped(token.digits), "units": plan.use.energy.kilowattHours,
                "serial": plan.device.serial.text,
            ]
            steps.append((try text(.token, values), true))
        } else if plan.use.creditChange.isPositive {
            steps.append((try text(.noTokenSmall, ["minimum": company.text(smallestPurchase(plan))]), false))
        } else {
            steps.append((try text(.noTokenDebts, [:]), false))
        }
        if isPayer {
            var values = ["amount": company.text(payment.amount)]
            if !payment.transactionID.hasPrefix("~") { values["reference"] = payment.transactionID }
            steps.append((try text(.received, values), false))
        } else {
            let payer = payment.payerName ?? payment.payerPhone?.e164 ?? payment.provider
            steps.append(
                (
                    try text(
                        .receivedForOther, ["amount": company.text(payment.amount), "payer": String(payer.prefix(30))]),
                    false
                ))
        }
        for (name, paid, open) in try instalments(plan, transaction) {
            var values = ["amount": company.text(paid), "name": name]
            if open.isPositive { values["open"] = company.text(open) }
            steps.append((try text(.instalmentPaid, values), false))
        }
        let access = plan.use.access.map(\.amount).sum
        if access.isPositive {
            var values = ["amount": company.text(access)]
            let open = try transaction.debts.openAccess(of: plan.owner.id)
            if open.isPositive { values["open"] = company.text(open) }
            steps.append((try text(.accessPaid, values), false))
        }
        guard isPayersOwn else {
            // Somebody else's credit is theirs to know; what this payment added to it is the payer's.
            if plan.use.creditChange.isPositive {
                steps.append(
                    (try text(.creditForOwner, ["amount": company.text(plan.use.creditChange)]), false))
            }
            return steps
        }
        let credit = try transaction.ledger.credit(of: plan.owner.id)
        if credit.isPositive {
            steps.append((try text(.creditKept, ["credit": company.text(credit)]), false))
        }
        return steps
    }

    /// What was paid on each appliance, and what is still open of it.
    private func instalments(_ plan: MoneyUse.Plan, _ transaction: Transaction) throws -> [(String, Money, Money)] {
        var sales: [(name: String, paid: Money, open: Money)] = []
        for part in plan.use.instalments {
            guard let sale = try transaction.debts.sale(of: part.id) else { continue }
            if let index = sales.firstIndex(where: { $0.name == sale.name }) {
                sales[index].paid += part.amount
            } else {
                sales.append((sale.name, part.amount, sale.open))
            }
        }
        return sales.map { ($0.name, $0.paid, $0.open) }
    }

    /// The tariff's minimum, or what the smallest amount of energy costs where that is more.
    private func smallestPurchase(_ plan: MoneyUse.Plan) -> Money {
        let step = plan.tariff.map { $0.price.cost(of: Energy(tenths: 1), in: company.currency) } ?? .zero
        return max(plan.tariff?.minimumPurchase ?? .zero, step)
    }

    /// The money is safe and its token takes longer.
    func tokenLater(_ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        guard let phone = payment.payerPhone else { return }
        let text = try post.text(
            .tokenLater, post.languages(of: phone, transaction),
            ["amount": company.text(payment.amount)])
        try queue(text, key: "later", .answer, phone, payment, transaction, now)
    }

    // MARK: Questions

    func unknownSerial(_ typed: String, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        guard let phone = payment.payerPhone else { return }
        try open(payment, phone, [], transaction, now)
        let text = try post.text(
            .unknownSerial, post.languages(of: phone, transaction),
            ["serial": typed.quotable, "amount": company.text(payment.amount)])
        try queue(text, key: "question", .answer, phone, payment, transaction, now)
    }

    func ask(among devices: [Device], _ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        guard let phone = payment.payerPhone else { return }
        let own = Array(devices.prefix(9))
        try open(payment, phone, own.map(\.serial), transaction, now)
        try queue(
            try question(own.map(\.serial), payment.amount, phone, transaction), key: "question", .answer, phone,
            payment,
            transaction, now)
    }

    /// The words of the question which device.
    func question(_ options: [Serial], _ amount: Money, _ phone: PhoneNumber, _ transaction: Transaction) throws
        -> String
    {
        let languages = try post.languages(of: phone, transaction)
        guard !options.isEmpty else {
            return try post.text(.whichDevice, languages, ["amount": company.text(amount)])
        }
        let list = options.enumerated().map { "\($0 + 1) = \($1.text)" }.joined(separator: "\n")
        return try post.text(
            .whichDeviceList, languages, ["amount": company.text(amount), "list": list])
    }

    private func open(
        _ payment: Payment, _ phone: PhoneNumber, _ options: [Serial], _ transaction: Transaction, _ now: Timestamp
    ) throws {
        try transaction.questions.ask(
            Question(
                phone: phone, payment: payment.id, options: options,
                expiresAt: now.adding(gateway.settings.questionLifetime)),
            at: now)
    }

    // MARK: The outbox

    private func queue(
        _ text: String, key: String, _ messageClass: MessageClass, _ phone: PhoneNumber, _ payment: Payment,
        _ transaction: Transaction, _ now: Timestamp
    ) throws {
        try post.send(
            text, messageClass, to: phone, key: "payment/\(payment.id)/\(key)",
            about: .init(payment: payment.id, message: payment.message), transaction, now)
    }

    /// Tokens are read aloud and typed in fours.
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
