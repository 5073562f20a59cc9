/// The use of one payment's money: overdue instalments, then access-rate debt, then the device.
///
/// A pure function of its input. Whatever the input, the parts add up to the amount paid.
package struct Waterfall: Sendable {
    package var amount: Money
    /// Money kept from earlier payments.
    package var credit: Money
    /// Open instalments, due before today, of all the customer's sales but the paid device's own plan.
    package var overdue: [OpenInstalment]
    /// Open access-rate debts of the customer's meters.
    package var accessDebts: [AccessDebt]
    /// The device that the payment is for; its debts are paid before those of others.
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

    /// Divides the money. An amount that is not positive is used for nothing.
    package func divide() -> UseOfMoney {
        var use = UseOfMoney()
        var left = max(amount, .zero)
        use.instalments = Self.pay(
            overdue.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.map { ($0.id, $0.open) }, from: &left)
        use.access = Self.pay(
            accessDebts.sorted {
                ($0.device != device ? 1 : 0, $0.due, $0.id) < ($1.device != device ? 1 : 0, $1.due, $1.id)
            }
            .map { ($0.id, $0.open) },
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

    private func buyEnergy(at price: Price, minimum: Money, with left: Money, into use: inout UseOfMoney) {
        // Credit alone never buys: it is added only where money is left.
        guard left.isPositive else { return }
        let sum = left + max(credit, .zero)
        let energy = sum < minimum ? Energy(tenths: 0) : price.energy(for: sum, in: currency)
        use.energy = energy
        use.energyCost = price.cost(of: energy, in: currency)
        use.creditChange = left - use.energyCost
    }

    private func payPlan(_ plan: [PlanInstalment], granted: Int, with money: Money, into use: inout UseOfMoney) {
        var left = money
        let ordered = plan.sorted { ($0.due, $0.id) < ($1.due, $1.id) }
        use.ownInstalments = Self.pay(ordered.map { ($0.id, $0.open) }, from: &left)
        use.creditChange = left
        guard !use.ownInstalments.isEmpty else { return }
        let paidNow = Dictionary(uniqueKeysWithValues: use.ownInstalments.map { ($0.id, $0.amount) })
        let after = ordered.map { $0.paying(paidNow[$0.id] ?? .zero) }
        use.unlocks = after.allSatisfy { !$0.open.isPositive }
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

/// What a payment's money was used for.
package struct UseOfMoney: Hashable, Sendable {
    /// Overdue instalments of other sales.
    package var instalments: [Part<InstalmentID>] = []
    package var access: [Part<AccessDebtID>] = []
    /// Instalments of the paid device's own plan.
    package var ownInstalments: [Part<InstalmentID>] = []
    package var energy = Energy(tenths: 0)
    package var energyCost = Money.zero
    /// Money for days of a service.
    package var service = Money.zero
    /// Days to grant now; 0 with `unlocks`.
    package var days = 0
    /// All is paid: the device is opened for good.
    package var unlocks = false
    /// What the customer's credit grows by; negative when credit was used.
    package var creditChange = Money.zero

    package init() {}

    /// Everything together: equals the amount that was divided.
    package var total: Money {
        instalments.map(\.amount).sum + access.map(\.amount).sum + ownInstalments.map(\.amount).sum + energyCost
            + service + creditChange
    }

    package var makesToken: Bool { energy.tenths > 0 || days > 0 || unlocks }
}

/// An amount for one debt.
package struct Part<ID: Hashable & Sendable>: Hashable, Sendable {
    package let id: ID
    package let amount: Money

    package init(id: ID, amount: Money) {
        self.id = id
        self.amount = amount
    }
}

/// What the paid device takes money for.
package enum DeviceTerms: Hashable, Sendable {
    /// A meter: price per kWh and the least sum that buys.
    case meter(price: Price, minimumPurchase: Money)
    /// A device that is being paid off; `daysGranted` counts all days given so far.
    case instalments([PlanInstalment], daysGranted: Int)
    /// Energy as a service: a price per day.
    case service(pricePerDay: Price, paidBefore: Money, daysGranted: Int)
    /// Nothing to sell: money is kept as credit.
    case none
}

package struct OpenInstalment: Hashable, Sendable {
    package let id: InstalmentID
    package let due: CalendarDate
    package let open: Money

    package init(id: InstalmentID, due: CalendarDate, open: Money) {
        self.id = id
        self.due = due
        self.open = open
    }
}

package struct AccessDebt: Hashable, Sendable {
    package let id: AccessDebtID
    package let device: DeviceID
    package let due: CalendarDate
    package let open: Money

    package init(id: AccessDebtID, device: DeviceID, due: CalendarDate, open: Money) {
        self.id = id
        self.device = device
        self.due = due
        self.open = open
    }
}
