import Domain
import Store
import Tokens

/// Takes back what a payment was used for. What has left the house stays what it is, and becomes a debt.
struct PaymentUndo: Sendable {
    /// What could not be taken back.
    struct Remains: Sendable {
        /// Energy whose token was sent, and credit that was used since.
        var debt = Money.zero
        var tokenWasSent = false
    }

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    /// Undoes a payment whose money was used. The money itself goes to `account`; the payment's state is the caller's.
    func undo(
        _ payment: Payment, into account: Account, memo: String, _ transaction: Transaction, _ now: Timestamp
    ) throws -> Remains {
        guard let device = try payment.device.flatMap({ try transaction.registry.device($0) }) else { return Remains() }
        var remains = Remains()
        remains.tokenWasSent = try withdrawToken(payment, device, transaction, now)
        var postings = [Posting(account, .zero - payment.amount)]
        var energy = Money.zero
        var credit = Money.zero
        for part in try net(payment, transaction) {
            var counter = Allocation(kind: part.kind, amount: .zero - part.amount)
            counter.instalment = part.instalment
            counter.accessDebt = part.accessDebt
            counter.servicePlan = part.servicePlan
            counter.device = part.device
            // What a sent token gave stays given: later money earns it first.
            if !remains.tokenWasSent {
                counter.energy = Energy(tenths: -part.energy.tenths)
                counter.days = -part.days
            }
            try transaction.payments.add(counter, to: payment.id)
            switch part.kind {
            case .instalment:
                guard let id = part.instalment, let sale = try transaction.sales.sale(of: id) else { continue }
                try transaction.sales.pay(counter.amount, on: id)
                if try transaction.sales.isReplaced(id) {
                    // A plan that is no more cannot be open again: the money is owed by itself.
                    try transaction.sales.moveOut(part.amount, days: counter.days, of: sale.id)
                    remains.debt += part.amount
                } else {
                    try transaction.sales.addGrantedDays(counter.days, to: sale.id)
                    postings.append(Posting(.instalments(sale.customer), part.amount))
                }
            case .access:
                guard let id = part.accessDebt, let owner = try transaction.accessRates.customer(of: id) else {
                    continue
                }
                try transaction.accessRates.pay(counter.amount, on: id)
                postings.append(Posting(.accessRates(owner), part.amount))
            case .service:
                guard let id = part.servicePlan else { continue }
                try transaction.services.add(counter.amount, days: counter.days, to: id)
                postings.append(Posting(.serviceSales(device.customer), part.amount))
            case .energy: energy += part.amount
            case .credit: credit += part.amount
            }
        }
        if remains.tokenWasSent {
            // Credit that bought a part of the energy stays used.
            remains.debt += energy + min(credit, .zero)
        } else {
            postings.append(Posting(.energySales(device.customer), energy))
            if credit < .zero { postings.append(Posting(.credit(device.customer), credit)) }
        }
        if credit.isPositive {
            let kept = min(credit, try transaction.ledger.credit(of: device.customer))
            postings.append(Posting(.credit(device.customer), kept))
            remains.debt += credit - kept
        }
        if remains.debt.isPositive {
            try owe(remains.debt, device.customer, payment, transaction, now)
            postings.append(Posting(.instalments(device.customer), remains.debt))
        }
        try transaction.ledger.book(memo, postings, payment: payment.id, at: now)
        return remains
    }

    /// What each thing got of a payment, earlier undoing counted in.
    private func net(_ payment: Payment, _ transaction: Transaction) throws -> [Allocation] {
        var sums: [Allocation] = []
        for part in try transaction.payments.allocations(of: payment.id) {
            let same = sums.firstIndex {
                $0.kind == part.kind && $0.instalment == part.instalment && $0.accessDebt == part.accessDebt
                    && $0.servicePlan == part.servicePlan
            }
            guard let same else {
                sums.append(part)
                continue
            }
            sums[same].amount += part.amount
            sums[same].energy.tenths += part.energy.tenths
            sums[same].days += part.days
        }
        return sums.filter { $0.amount != .zero }
    }

    /// The debt of what has left the house: one instalment, due now, that the next payment pays first.
    private func owe(
        _ debt: Money, _ customer: CustomerID, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp
    ) throws {
        let today = gateway.company.calendar.today(at: now)
        var sale = Sale(
            customer: customer, device: nil, appliance: nil, name: payment.printedID ?? "payment \(payment.id)",
            price: debt, listPrice: nil, downPayment: .zero, at: now)
        sale.payment = payment.id
        _ = try transaction.sales.insert(sale, [(today, debt)])
    }

    // MARK: The token

    /// Whether the token has left the house. One that has not never will.
    private func withdrawToken(
        _ payment: Payment, _ device: Device, _ transaction: Transaction, _ now: Timestamp
    ) throws -> Bool {
        if var request = try transaction.tokenRequests.request(of: payment.id) {
            let state = request.state
            request.state = .cancelled
            try transaction.tokenRequests.update(request, at: now)
            if state != .done {
                // A code that nobody saw is worth nothing; a device that is charged from afar may be charged.
                let chargesFromAfar = gateway.issuer.vendors[request.vendor]?.traits.chargesOverTheAir ?? true
                return chargesFromAfar && [.asking, .inquiring, .unknown].contains(state)
            }
        }
        guard let token = try transaction.tokens.token(of: payment.id) else { return false }
        let wasSent = try token.digits.isEmpty || !transaction.outbox.withdrawTokens(of: payment.id, at: now)
        try transaction.tokens.undo(token.id, isVoid: !wasSent, at: now)
        if !wasSent, token.days > 0, let until = device.coveredUntil {
            try transaction.registry.setCovered(
                until: until.adding(.seconds(-Int64(token.days) * 86_400)), of: device.id)
        }
        return wasSent
    }
}
