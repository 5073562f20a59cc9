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
        let wasSent = remains.tokenWasSent
        for part in try transaction.payments.allocations(of: payment.id, use: payment.timesUndone) {
            var counter = Allocation(kind: part.kind, amount: .zero - part.amount)
            counter.instalment = part.instalment
            counter.accessDebt = part.accessDebt
            counter.servicePlan = part.servicePlan
            counter.device = part.device
            let sale = try part.instalment.flatMap { try transaction.sales.sale(of: $0) }
            // What a sent token gave of a plan stays given, and later money earns it first; so do days of other devices,
            // whose tokens went out beside. What a service gave is owed.
            let isOwnPlan = sale?.device == payment.device
            let staysGiven = part.kind == .instalment && (wasSent || !isOwnPlan)
            if !staysGiven { counter.days = -part.days }
            if !wasSent { counter.energy = Energy(tenths: -part.energy.tenths) }
            try transaction.payments.add(counter, to: payment.id)
            switch part.kind {
            case .instalment:
                guard let id = part.instalment, let sale else { continue }
                try transaction.sales.pay(counter.amount, on: id)
                if try transaction.sales.isReplaced(id) {
                    // A plan that is no more cannot be open again.
                    // Days that it earned and that stay cannot be earned by it again.
                    if sale.state == .open, sale.device == nil || counter.days != 0 {
                        try transaction.sales.reopen(part.amount, days: counter.days, of: sale.id)
                        postings.append(Posting(.instalments(sale.customer), part.amount))
                    } else if sale.state == .cancelled, isOwnPlan, !wasSent {
                        // A cancelled sale that gave nothing for it: nothing is owed.
                        try transaction.sales.moveOut(part.amount, days: counter.days, of: sale.id)
                        postings.append(Posting(.applianceSales(sale.customer), part.amount))
                    } else {
                        // What it gave is owed by itself.
                        try transaction.sales.moveOut(part.amount, days: counter.days, of: sale.id)
                        remains.debt += part.amount
                    }
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
                if wasSent {
                    remains.debt += part.amount
                } else {
                    postings.append(Posting(.serviceSales(device.customer), part.amount))
                }
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

    /// The debt of what has left the house: one instalment, due now, that the next payment pays first.
    private func owe(
        _ debt: Money, _ customer: CustomerID, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp
    ) throws {
        // Due yesterday, so that the next payment pays it.
        let due = gateway.company.calendar.today(at: now).adding(days: -1)
        var sale = Sale(
            customer: customer, device: nil, appliance: nil, name: "reversal \(payment.printedID ?? "\(payment.id)")",
            price: debt, listPrice: nil, downPayment: .zero, at: now)
        sale.payment = payment.id
        _ = try transaction.sales.insert(sale, [(due, debt)])
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
                return chargesFromAfar && (request.attempts > 0 || state == .asking) && state != .refused
            }
        }
        guard let token = try transaction.tokens.token(of: payment.id) else { return false }
        let wasSent =
            try token.digits.isEmpty
            || !transaction.outbox.withdrawTokens(
                of: payment.id, written: PaymentSteps.grouped(token.codes[0]), at: now)
        try transaction.tokens.undo(token.id, isVoid: !wasSent, at: now)
        if !wasSent, token.days > 0, let until = device.coveredUntil {
            try transaction.registry.setCovered(
                until: until.adding(.seconds(-Int64(token.days) * 86_400)), of: device.id)
        }
        return wasSent
    }
}
