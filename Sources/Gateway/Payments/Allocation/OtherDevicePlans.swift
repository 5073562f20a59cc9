import Store
import Domain
import Tokens

/// Grants the days of other devices whose plans a payment advanced by paying their overdue instalments. The last
/// instalment unlocks the device, even though the payment was not for it. These tokens are recorded as separate
/// operations, apart from the payment's own token.
struct OtherDevicePlans: Sendable {
    private let notifications: PaymentNotifications
    private let tickets: TicketDesk
    private let issuer: TokenIssuer

    init(_ gateway: Gateway) {
        notifications = PaymentNotifications(gateway)
        tickets = TicketDesk(gateway)
        issuer = gateway.issuer
    }

    /// Grants the days that the instalments just paid have earned. Returns the days by the first paid instalment of
    /// each plan.
    func advance(
        _ paid: [Part<InstalmentID>], _ payment: Payment, _ step: Step
    ) throws -> [InstalmentID: Int] {
        var days: [InstalmentID: Int] = [:]
        var seen: Set<SaleID> = []
        for part in paid {
            guard let sale = try step.sales.sale(of: part.id), seen.insert(sale.id).inserted,
                let device = try sale.device.flatMap({ try step.registry.device($0) })
            else { continue }
            let plan = try step.sales.currentPlan(of: sale.id)
            let isPaidOff = plan.allSatisfy { !$0.outstanding.isPositive }
            let earned = sale.daysEarnedBefore + InstalmentPlan.entitlement(plan) - sale.daysGranted
            guard isPaidOff || earned > 0 else { continue }
            let worth: TokenWorth = isPaidOff ? .unlock : .days(earned)
            guard try give(worth, device, sale, payment, step) else { continue }
            try step.sales.addGrantedDays(worth.days, to: sale.id)
            days[part.id] = worth.days
        }
        return days
    }

    /// Issues or requests the token. If no token can be made, opens a ticket for staff and returns `false`.
    private func give(
        _ worth: TokenWorth, _ device: Device, _ sale: Sale, _ payment: Payment, _ step: Step
    ) throws -> Bool {
        do {
            switch try issuer.issue(worth, for: device, at: step.now) {
            case .made(let issue):
                var token = issue.token(
                    of: device.id, payment: nil, act: "plan of sale \(sale.id), advanced by payment \(payment.id)",
                    at: step.now)
                token.carry(worth)
                token.id = try IssuedTokens(step).keep(token, worth, of: device)
                try notifications.beside(token, device, step)
            case .ask(let vendor):
                var request = VendorTokenRecord(
                    payment: payment.id, device: device.id, vendor: vendor, energy: worth.energy, days: worth.days,
                    unlocks: worth.unlocks, amount: .zero, at: step.now)
                request.isBeside = true
                try step.vendorTokens.insert(request)
            }
            return true
        } catch let error as TokenError {
            try tickets.open(
                cause: .otherDevicePlan(sale.id, payment.id), .token,
                "\(device.serial.text) earned a token through payment \(payment.id) but has none: \(error)",
                phone: nil, customer: sale.customer, alert: .tokenStuck, step)
            return false
        }
    }
}
