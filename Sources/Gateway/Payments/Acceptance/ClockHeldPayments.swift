import Domain
import Store
import Workers

/// Continues the payments that were held only because the machine's clock was wrong, once it is right.
struct ClockHeldPayments {
    private let acceptance: PaymentAcceptance
    private let checks: BalanceChecks

    init(_ gateway: Gateway) {
        acceptance = PaymentAcceptance(gateway)
        checks = BalanceChecks(gateway)
    }

    /// The maximum number of payments continued in one step, so that other writers need not wait long.
    private static let most = 50

    /// - Throws: `StoreError`.
    func goOn(_ step: Step) throws {
        let held = try step.payments.held(only: .clock, limit: Self.most + 1)
        for id in held.prefix(Self.most) {
            guard let payment = try step.payments.payment(id),
                let device = try payment.device.flatMap({ try step.registry.device($0) })
            else { continue }
            if let reason = try checks.contradiction(of: payment, step) {
                try step.payments.note([reason], device: device.id, on: id, at: step.now)
                continue
            }
            do {
                _ = try step.attempt { try acceptance.complete(payment, device, step) }
            } catch  where !StoreError.isTrouble(error) {
                // It needs a person now, and must not be tried in each round.
                try step.payments.note([.failure("\(error)")], device: device.id, on: id, at: step.now)
            }
        }
        if held.count > Self.most { step.wake(.schedule) }
    }
}
