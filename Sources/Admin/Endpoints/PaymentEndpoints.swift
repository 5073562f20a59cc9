import Domain
import Gateway
import Store

/// Payments and what became of them.
struct PaymentEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        [
            .list(
                "/v1/payments", "Payments, newest first.",
                query: [.init(name: "state", meaning: PaymentState.allCases.map(\.rawValue).joined(separator: ", "))]
            ) { try await list($0) },
            .get("/v1/payments/{id}", "One payment with its use, its token and its messages.") { try await show($0) },
        ]
    }

    private func list(_ call: Call) async throws -> PageView<PaymentView> {
        let (limit, before) = (try call.limit(), try call.cursor())
        let state = try call.choice("state", PaymentState.self)
        let company = gateway.company
        return try await gateway.store.read { transaction in
            let payments = try transaction.payments.payments(before: before, state: state, limit: limit)
            let items = try payments.map { payment in
                PaymentView(
                    payment, serial: try payment.device.flatMap { try transaction.registry.device($0)?.serial },
                    company: company)
            }
            return PageView(items: items, next: payments.count == limit ? payments.last.map { "\($0.id)" } : nil)
        }
    }

    private func show(_ call: Call) async throws -> PaymentView {
        let id = PaymentID(try call.number())
        let company = gateway.company
        return try await gateway.store.read { transaction in
            guard let payment = try transaction.payments.payment(id) else { throw APIError.notFound("payment \(id)") }
            let device = try payment.device.flatMap { try transaction.registry.device($0) }
            var view = PaymentView(payment, serial: device?.serial, company: company)
            view.allocations = try transaction.payments.allocations(of: id).map {
                .init(
                    kind: $0.kind.rawValue, amount: MoneyView($0.amount, company.currency),
                    energyKwh: $0.energy.tenths > 0 ? $0.energy.kilowattHours : nil)
            }
            view.token = try transaction.payments.token(of: id).map { PaymentView.TokenView($0, device?.serial) }
            view.messages = try transaction.outbox.messages(of: id).map {
                .init(id: $0.id.number, to: $0.recipient.e164, state: $0.state.rawValue, text: $0.body)
            }
            return view
        }
    }
}

extension PaymentView.TokenView {
    init(_ token: IssuedToken, _ serial: Serial?) {
        self.init(
            token: token.digits, serial: serial?.text, energyKwh: token.energy.kilowattHours, tid: token.identifier)
    }
}
