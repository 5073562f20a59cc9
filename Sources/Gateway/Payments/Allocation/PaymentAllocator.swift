import Domain
import Store
import Tokens

/// Books the allocation of a payment: pays debts, posts to the ledger and issues the token.
struct PaymentAllocator: Sendable {
    /// How a payment will be allocated. Nothing is written yet.
    struct Plan: Sendable {
        let device: Device
        let owner: Customer
        let terms: Terms
        let use: PaymentAllocation
        let answer: TokenIssuer.Answer?

        var worth: TokenWorth? { use.worth }
    }

    /// The terms on which the device is paid for, with their records.
    enum Terms: Sendable {
        case meter(Tariff)
        case sale(Sale)
        case service(ServicePlan)
        /// Paid off, or never sold on a plan.
        case nothing

        var sale: SaleID? { if case .sale(let sale) = self { sale.id } else { nil } }
    }

    /// Why the device cannot be served now. Staff must resolve it.
    enum CannotServe: Error, CustomStringConvertible {
        case noOwner
        case noTariff
        case token(TokenError)

        var description: String {
            switch self {
            case .noOwner: "the device has no owner"
            case .noTariff: "the meter has no tariff, or a price of zero"
            case .token(let error): "no token can be made: \(error)"
            }
        }

        var holdReason: HoldReason {
            switch self {
            case .noOwner: .deviceWithoutOwner
            case .noTariff: .meterWithoutTariff
            case .token(let error): error.code == .implausibleClock ? .clock("\(error)") : .noToken("\(error)")
            }
        }
    }

    private let accessRates: AccessRates
    private let otherPlans: OtherDevicePlans
    private let issuer: TokenIssuer

    init(_ gateway: Gateway) {
        accessRates = AccessRates(gateway)
        otherPlans = OtherDevicePlans(gateway)
        issuer = gateway.issuer
    }

    func plan(_ payment: Payment, _ device: Device, _ step: Step) throws -> Plan {
        guard let owner = try step.registry.customer(device.customer) else { throw CannotServe.noOwner }
        // Overdue debts and tokens depend on the date.
        if let fault = try step.clock.fault(at: step.now) {
            throw CannotServe.token(TokenError(.implausibleClock, "\(fault)"))
        }
        try accessRates.take(of: owner.id, step)
        let terms = try terms(of: device, step)
        let use = Waterfall(
            amount: payment.amount, credit: try step.ledger.credit(of: owner.id),
            overdue: try step.sales.overdue(
                of: owner.id, but: terms.sale, before: step.today),
            accessDebts: try step.accessRates.outstandingDebts(of: owner.id), device: device.id,
            terms: try deviceTerms(terms, step), currency: step.company.currency
        ).divide()
        var answer: TokenIssuer.Answer?
        if let worth = use.worth {
            do {
                answer = try issuer.issue(worth, for: device, at: step.now)
            } catch let error as TokenError {
                throw CannotServe.token(error)
            }
        }
        return Plan(device: device, owner: owner, terms: terms, use: use, answer: answer)
    }

    private func terms(of device: Device, _ step: Step) throws -> Terms {
        if device.kind == .meter {
            guard let name = device.tariff, let tariff = try step.tariffs.tariff(named: name),
                tariff.price.tenThousandths > 0
            else { throw CannotServe.noTariff }
            return .meter(tariff)
        }
        if let sale = try step.sales.plan(of: device.id), try step.sales.outstanding(of: sale.id).isPositive {
            return .sale(sale)
        }
        return try step.services.plan(of: device.id).map(Terms.service) ?? .nothing
    }

    private func deviceTerms(_ terms: Terms, _ step: Step) throws -> DeviceTerms {
        switch terms {
        case .meter(let tariff): .meter(price: tariff.price, minimumPurchase: tariff.minimumPurchase)
        case .sale(let sale):
            .instalments(
                try step.sales.currentPlan(of: sale.id), daysGranted: sale.daysGranted - sale.daysEarnedBefore)
        case .service(let plan):
            .service(pricePerDay: plan.pricePerDay, paidBefore: plan.paid, daysGranted: plan.daysGranted)
        case .nothing: .none
        }
    }

    // MARK: Carrying out the plan

    func carryOut(_ plan: Plan, _ payment: Payment, _ step: Step) throws {
        let use = plan.use
        var postings = [Posting(.suspense, payment.amount)]
        func allocate(
            _ kind: Allocation.Kind, _ amount: Money, from account: Account,
            _ change: (inout Allocation) -> Void = { _ in }
        ) throws {
            var allocation = Allocation(kind: kind, amount: amount)
            change(&allocation)
            try step.payments.add(allocation, to: payment.id)
            postings.append(Posting(account, .zero - amount))
        }
        for part in use.instalments + use.ownInstalments {
            try step.sales.pay(part.amount, on: part.id)
            try step.reminders.withdraw(part.id, at: step.now)
        }
        // The days of a plan are recorded with the first of its instalments that the payment paid.
        var days = try otherPlans.advance(use.instalments, payment, step)
        if let first = use.ownInstalments.first { days[first.id] = use.days }
        for part in use.instalments + use.ownInstalments {
            try allocate(.instalment, part.amount, from: .instalments(plan.owner.id)) {
                $0.instalment = part.id
                $0.days = days[part.id] ?? 0
            }
        }
        for part in use.access {
            try step.accessRates.pay(part.amount, on: part.id)
            try allocate(.access, part.amount, from: .accessRates(plan.owner.id)) { $0.accessDebt = part.id }
        }
        if use.energy.tenths > 0 {
            try allocate(.energy, use.energyCost, from: .energySales(plan.owner.id)) {
                $0.device = plan.device.id
                $0.energy = use.energy
            }
        }
        if use.service.isPositive, case .service(let service) = plan.terms {
            try step.services.add(use.service, days: use.days, to: service.id)
            try allocate(.service, use.service, from: .serviceSales(plan.owner.id)) {
                $0.servicePlan = service.id
                $0.device = plan.device.id
                $0.days = use.days
            }
        }
        if case .sale(let sale) = plan.terms { try step.sales.addGrantedDays(use.days, to: sale.id) }
        if use.creditChange != .zero { try allocate(.credit, use.creditChange, from: .credit(plan.owner.id)) }
        try step.ledger.book("payment used", postings, payment: payment.id, at: step.now)
        try keep(plan, payment, step)
    }

    private func keep(_ plan: Plan, _ payment: Payment, _ step: Step) throws {
        guard let worth = plan.worth, let answer = plan.answer else { return }
        switch answer {
        case .made(let issue):
            var token = issue.token(of: plan.device.id, payment: payment.id, at: step.now)
            token.carry(worth)
            try IssuedTokens(step).keep(token, worth, of: plan.device)
        case .ask(let vendor):
            try step.vendorTokens.insert(
                VendorTokenRecord(
                    payment: payment.id, device: plan.device.id, vendor: vendor, energy: worth.energy,
                    days: worth.days, unlocks: worth.unlocks, amount: plan.moneyForDevice, at: step.now))
        }
    }
}

extension PaymentAllocator.Plan {
    /// The part of the payment, including used credit, that the device's token is worth.
    fileprivate var moneyForDevice: Money { use.energyCost + use.service + use.ownInstalments.map(\.amount).sum }
}
