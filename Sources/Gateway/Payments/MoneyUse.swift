import Domain
import Store
import Tokens

/// Turns the waterfall's division into debts paid, entries and a token.
struct MoneyUse: Sendable {
    /// What will be done with a payment. Nothing is written yet.
    struct Plan: Sendable {
        let device: Device
        let owner: Customer
        let tariff: Tariff?
        let use: UseOfMoney
        let token: TokenIssuer.Issue?
    }

    /// The device cannot be served now; a person must look.
    enum CannotServe: Error, CustomStringConvertible {
        case noOwner
        case noTariff
        case noPlan(DeviceKind)
        case token(TokenError)

        var description: String {
            switch self {
            case .noOwner: "the device has no owner"
            case .noTariff: "the meter has no tariff, or a price of zero"
            case .noPlan(let kind): "no tokens can be made for a device of kind \(kind.rawValue) yet"
            case .token(let error): "no token can be made: \(error)"
            }
        }
    }

    private let gateway: Gateway

    init(_ gateway: Gateway) { self.gateway = gateway }

    func plan(_ payment: Payment, _ device: Device, _ transaction: Transaction, _ now: Timestamp) throws -> Plan {
        guard let owner = try transaction.registry.customer(device.customer) else { throw CannotServe.noOwner }
        guard device.kind == .meter else { throw CannotServe.noPlan(device.kind) }
        guard let name = device.tariff, let tariff = try transaction.registry.tariff(named: name),
            tariff.price.tenThousandths > 0
        else { throw CannotServe.noTariff }
        let use = Waterfall(
            amount: payment.amount, credit: try transaction.ledger.credit(of: owner.id),
            overdue: try transaction.debts.overdue(
                of: owner.id, but: device.id, before: gateway.company.calendar.today(at: now)),
            accessDebts: try transaction.debts.access(of: owner.id), device: device.id,
            terms: .meter(price: tariff.price, minimumPurchase: tariff.minimumPurchase),
            currency: gateway.company.currency
        ).divide()
        var token: TokenIssuer.Issue?
        if use.makesToken {
            do {
                token = try gateway.issuer.issue(
                    use.energy, for: device, at: now, lastIssue: try transaction.payments.lastTokenTime())
            } catch let error as TokenError {
                throw CannotServe.token(error)
            }
        }
        return Plan(device: device, owner: owner, tariff: tariff, use: use, token: token)
    }

    func carryOut(_ plan: Plan, _ payment: Payment, _ transaction: Transaction, _ now: Timestamp) throws {
        let owner = plan.owner.id
        var postings = [Posting(.suspense, payment.amount)]
        for part in plan.use.instalments {
            try transaction.debts.pay(part.amount, on: part.id)
            var allocation = Allocation(kind: .instalment, amount: part.amount)
            allocation.instalment = part.id
            try transaction.payments.add(allocation, to: payment.id)
            postings.append(Posting(.instalments(owner), .zero - part.amount))
        }
        for part in plan.use.access {
            try transaction.debts.pay(part.amount, on: part.id)
            var allocation = Allocation(kind: .access, amount: part.amount)
            allocation.accessDebt = part.id
            try transaction.payments.add(allocation, to: payment.id)
            postings.append(Posting(.accessRates(owner), .zero - part.amount))
        }
        if plan.use.energy.tenths > 0 {
            var allocation = Allocation(kind: .energy, amount: plan.use.energyCost)
            allocation.device = plan.device.id
            allocation.energy = plan.use.energy
            try transaction.payments.add(allocation, to: payment.id)
            postings.append(Posting(.energySales(owner), .zero - plan.use.energyCost))
        }
        if plan.use.creditChange != .zero {
            try transaction.payments.add(Allocation(kind: .credit, amount: plan.use.creditChange), to: payment.id)
            postings.append(Posting(.credit(owner), .zero - plan.use.creditChange))
        }
        try transaction.ledger.book("payment used", postings, payment: payment.id, at: now)
        if let token = plan.token {
            try transaction.payments.add(
                IssuedToken(
                    device: plan.device.id, payment: payment.id, digits: token.digits, identifier: token.identifier,
                    energy: plan.use.energy, days: 0, createdAt: now))
            try transaction.registry.setLastIdentifier(token.identifier, of: plan.device.id)
        }
    }
}
