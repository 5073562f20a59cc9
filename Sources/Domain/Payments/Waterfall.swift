/// Allocates a payment: to overdue instalments first, then to access-rate debts, then to the paid device.
///
/// A pure function of its input. The parts always add up to the amount paid.
package struct Waterfall: Sendable {
    package var amount: Money
    /// The customer's credit from earlier payments.
    package var credit: Money
    /// Unpaid instalments due before today, of all the customer's sales except the paid device's own plan.
    package var overdue: [OpenInstalment]
    /// Unpaid access-rate debts of the customer's meters.
    package var accessDebts: [AccessDebt]
    /// The device that the payment is for; its access debts are paid before those of other devices.
    package var device: DeviceID
    package var terms: DeviceTerms
    package var currency: Currency

    package init(
        amount: Money, credit: Money, overdue: [OpenInstalment], accessDebts: [AccessDebt], device: DeviceID,
        terms: DeviceTerms, currency: Currency
    ) {
        self.amount = amount
        self.credit = credit
        self.overdue = overdue
        self.accessDebts = accessDebts
        self.device = device
        self.terms = terms
        self.currency = currency
    }

    /// Divides the payment. Nothing is allocated of an amount that is not positive.
    package func divide() -> PaymentAllocation {
        var use = PaymentAllocation()
        var left = max(amount, .zero)
        use.instalments = Self.pay(
            overdue.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.map { ($0.id, $0.outstanding) }, from: &left)
        use.access = Self.pay(
            accessDebts.sorted {
                ($0.device != device ? 1 : 0, $0.due, $0.id) < ($1.device != device ? 1 : 0, $1.due, $1.id)
            }
            .map { ($0.id, $0.outstanding) },
            from: &left)
        switch terms {
        case .meter(let price, let minimum):
            buyEnergy(at: price, minimum: minimum, with: left, into: &use)
        case .instalments(let plan, let granted):
            payPlan(plan, granted: granted, with: left, into: &use)
        case .service(let price, let paidBefore, let granted):
            if left.isPositive {
                use.service = left
                use.days = max(0, price.days(for: paidBefore + left, in: currency) - granted)
            }
        case .none:
            use.creditChange = left
        }
        return use
    }

    private func buyEnergy(at price: Price, minimum: Money, with left: Money, into use: inout PaymentAllocation) {
        // Credit alone never buys energy: it is added only if money of this payment is left.
        guard left.isPositive else { return }
        let sum = left + max(credit, .zero)
        let energy = sum < minimum ? Energy(tenths: 0) : price.energy(for: sum, in: currency)
        use.energy = energy
        use.energyCost = price.cost(of: energy, in: currency)
        use.creditChange = left - use.energyCost
    }

    private func payPlan(_ plan: [PlanInstalment], granted: Int, with money: Money, into use: inout PaymentAllocation) {
        var left = money
        let ordered = plan.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
        use.ownInstalments = Self.pay(ordered.map { ($0.id, $0.outstanding) }, from: &left)
        use.creditChange = left
        guard !use.ownInstalments.isEmpty else { return }
        let paidNow = Dictionary(uniqueKeysWithValues: use.ownInstalments.map { ($0.id, $0.amount) })
        let after = ordered.map { $0.paying(paidNow[$0.id] ?? .zero) }
        use.unlocks = after.allSatisfy { !$0.outstanding.isPositive }
        use.days = use.unlocks ? 0 : max(0, InstalmentPlan.entitlement(after) - granted)
    }

    private static func pay<ID>(_ debts: [(ID, Money)], from left: inout Money) -> [Part<ID>] {
        var parts: [Part<ID>] = []
        for (id, open) in debts where open.isPositive && left.isPositive {
            let paid = min(open, left)
            left -= paid
            parts.append(Part(id: id, amount: paid))
        }
        return parts
    }
}
