import Tokens
import Store
import Domain

/// Undoes the allocation of a payment. Tokens and days that were sent cannot be undone; their worth becomes a debt.
struct PaymentUndo: Sendable {
    /// What cannot be undone, and what is owed again.
    struct Remains: Sendable {
        /// The worth of the sent token, and credit spent since.
        var debt = Money.zero
        var tokenWasSent = false
        /// Instalments and access rates that are outstanding again.
        var reopened = Money.zero
    }

    private let issuer: TokenIssuer

    init(_ gateway: Gateway) {
        issuer = gateway.issuer
    }

    /// Undoes a payment that was used. Posts the money to `account`; the caller changes the payment's state.
    func undo(
        _ payment: Payment, into account: Account, memo: String, _ step: Step
    ) throws -> Remains {
        guard let device = try payment.device.flatMap({ try step.registry.device($0) }) else { return Remains() }
        var course = Course(
            device: device, wasSent: try withdrawToken(payment, device, step),
            postings: [Posting(account, .zero - payment.amount)])
        for part in try step.payments.allocations(of: payment.id, use: payment.timesUndone) {
            try takeBack(part, &course, payment, step)
        }
        try settleEnergy(&course, step)
        let reopened = course.postings.map(\.reopened).sum
        if course.debt.isPositive {
            try owe(course.debt, device.customer, payment, step)
            course.postings.append(Posting(.instalments(device.customer), course.debt))
        }
        try step.ledger.book(memo, course.postings, payment: payment.id, at: step.now)
        return Remains(debt: course.debt, tokenWasSent: course.wasSent, reopened: reopened)
    }

    /// The state of an undo in progress.
    private struct Course {
        let device: Device
        let wasSent: Bool
        var postings: [Posting]
        var debt = Money.zero
        var energy = Money.zero
        var credit = Money.zero
    }

    /// Undoes one allocation with a counter-allocation of the opposite sign.
    private func takeBack(
        _ part: Allocation, _ course: inout Course, _ payment: Payment, _ step: Step
    ) throws {
        let sale = try part.instalment.flatMap { try step.sales.sale(of: $0) }
        // Plan days that a sent token granted stay granted, and later payments earn them first. The same holds for days
        // of other devices, whose tokens were sent separately. The worth of a service's days becomes a debt.
        let staysGiven = part.kind == .instalment && (course.wasSent || sale?.device != course.device.id)
        let days = staysGiven ? 0 : -part.days
        var counter = part
        counter.amount = .zero - part.amount
        counter.energy = Energy(tenths: course.wasSent ? 0 : -part.energy.tenths)
        counter.days = days
        try step.payments.add(counter, to: payment.id)
        switch part.kind {
        case .instalment:
            guard let id = part.instalment, let sale else { return }
            try step.sales.pay(counter.amount, on: id)
            try reopen(id, of: sale, part.amount, days: days, &course, step)
        case .access:
            guard let id = part.accessDebt, let owner = try step.accessRates.customer(of: id) else { return }
            try step.accessRates.pay(counter.amount, on: id)
            course.postings.append(Posting(.accessRates(owner), part.amount))
        case .service:
            guard let id = part.servicePlan else { return }
            try step.services.add(counter.amount, days: days, to: id)
            if course.wasSent {
                course.debt += part.amount
            } else {
                course.postings.append(Posting(.serviceSales(course.device.customer), part.amount))
            }
        case .energy: course.energy += part.amount
        case .credit: course.credit += part.amount
        }
    }

    /// Makes an instalment outstanding again. If a new plan has replaced it, the amount goes into that plan or becomes
    /// a separate debt.
    private func reopen(
        _ id: InstalmentID, of sale: Sale, _ amount: Money, days: Int, _ course: inout Course,
        _ step: Step
    ) throws {
        guard try step.sales.isReplaced(id) else {
            try step.sales.addGrantedDays(days, to: sale.id)
            return course.postings.append(Posting(.instalments(sale.customer), amount))
        }
        // Days that the instalment earned and that stay granted must not be earned again.
        if sale.state == .open, sale.device == nil || days != 0 {
            try step.sales.reopen(amount, days: days, of: sale.id)
            return course.postings.append(Posting(.instalments(sale.customer), amount))
        }
        try step.sales.moveOut(amount, days: days, of: sale.id)
        if sale.state == .cancelled, sale.device == course.device.id, !course.wasSent {
            // The cancelled sale granted nothing for this amount, so nothing is owed.
            course.postings.append(Posting(.applianceSales(sale.customer), amount))
        } else {
            course.debt += amount
        }
    }

    /// Energy of a sent token becomes a debt, less the part bought with credit. Remaining credit from the payment is
    /// removed; credit spent since becomes a debt.
    private func settleEnergy(_ course: inout Course, _ step: Step) throws {
        let owner = course.device.customer
        let credit = course.credit
        if course.wasSent {
            course.debt += course.energy + min(credit, .zero)
        } else {
            course.postings.append(Posting(.energySales(owner), course.energy))
            if credit < .zero { course.postings.append(Posting(.credit(owner), credit)) }
        }
        guard credit.isPositive else { return }
        let kept = min(credit, try step.ledger.credit(of: owner))
        course.postings.append(Posting(.credit(owner), kept))
        course.debt += credit - kept
    }

    /// Records the debt for what cannot be undone as a sale with one instalment.
    private func owe(
        _ debt: Money, _ customer: CustomerID, _ payment: Payment, _ step: Step
    ) throws {
        // Due yesterday, so that it is overdue and the next payment pays it.
        let due = step.today.adding(days: -1)
        var sale = Sale(
            customer: customer, device: nil, appliance: nil, name: "reversal \(payment.printedID ?? "\(payment.id)")",
            price: debt, listPrice: nil, downPayment: .zero, at: step.now)
        sale.payment = payment.id
        _ = try step.sales.insert(sale, [(due, debt)])
    }

    // MARK: The token

    /// Whether the token was sent. A token that was not is withdrawn and will never be sent.
    private func withdrawToken(
        _ payment: Payment, _ device: Device, _ step: Step
    ) throws -> Bool {
        if var request = try step.vendorTokens.request(of: payment.id) {
            let state = request.state
            request.state = .cancelled
            try step.vendorTokens.update(request, at: step.now)
            if state != .done {
                // A code that nobody received is worthless, but a device charged over the air may have been charged.
                let chargesFromAfar = issuer.vendors[request.vendor]?.traits.chargesOverTheAir ?? true
                return chargesFromAfar && (request.attempts > 0 || state == .asking) && state != .refused
            }
        }
        guard let token = try step.tokens.token(of: payment.id) else { return false }
        let wasSent =
            try token.digits.isEmpty
            || !step.outbox.withdrawMessages(bringing: token.id, at: step.now)
        try step.tokens.undo(token.id, isVoid: !wasSent, at: step.now)
        if !wasSent, token.days > 0, let until = device.coveredUntil {
            try step.registry.setCovered(
                until: until.adding(.seconds(-Int64(token.days) * 86_400)), of: device.id)
        }
        return wasSent
    }
}

extension Posting {
    /// The amount that becomes outstanding again.
    fileprivate var reopened: Money {
        switch account {
        case .instalments, .accessRates: amount
        default: .zero
        }
    }
}
