import Store
import HTTPTypes
import Domain
import Gateway

/// Endpoints for payments and for the decisions of staff about them.
struct PaymentEndpoints: Sendable {
    let gateway: Gateway
    private var words: HoldReasonWords { HoldReasonWords(gateway) }

    var all: [Endpoint] { reading + changing }

    private var reading: [Endpoint] {
        [
            .list(
                "/v1/payments", "Payments, newest first.",
                query: [
                    .init(name: "state", meaning: "only those of this state", schema: .words(of: PaymentState.self))
                ]
            ) { try await list($0) },
            .get("/v1/payments/{id}", "One payment with its allocations, token and messages.") { try await show($0) },
        ]
    }

    private func list(_ request: APIRequest) async throws -> PageView<PaymentView> {
        let (limit, before) = (try request.limit(), try request.cursor())
        let state = try request.choice("state", PaymentState.self)
        let company = gateway.company
        return try await gateway.steps.read { step in
            let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                try step.payments.payments(before: before, state: state, limit: $0)
            }
            let serials = try step.registry.serials(of: page.rows.compactMap(\.device))
            let items = try page.rows.map { payment in
                PaymentView(
                    payment, reasons: try payment.reasons.map { try words.words($0, ["en"]) },
                    serial: payment.device.flatMap { serials[$0] },
                    company: company)
            }
            return PageView(items: items, next: page.next)
        }
    }

    private func show(_ request: APIRequest) async throws -> PaymentView {
        let id = PaymentID(try request.number())
        return try await gateway.steps.read { try view(id, $0) }
    }

    // MARK: Decisions of staff

    private var changing: [Endpoint] {
        let orders = PaymentOperations(gateway)
        return [
            order("approve", "Approves a held payment; its processing continues.", DeviceBody.self) { body in
                let serial = try body.serial.map { try APIRequest.serial($0) }
                return { try orders.approve($0, for: serial, $1.step) }
            },
            order("reject", "Rejects a held payment and tells its payer.", RejectBody.self) { body in
                let reason = try APIRequest.line("reason", body.reason, upTo: 300)
                return {
                    try orders.reject($0, reason: reason, tells: body.quiet != true, $1.step)
                }
            },
            order("assign", "Assigns a payment in suspense to a device.", AssignBody.self) { body in
                let serial = try APIRequest.serial(body.serial)
                return { try orders.assign($0, to: serial, $1.step) }
            },
            order("refund", "Records the refund of a payment in suspense.", RefundBody.self) { body in
                let reference = try APIRequest.line("reference", body.reference, upTo: 60)
                return { try orders.refund($0, reference: reference, $1.step) }
            },
            order("reverse", "Records that the provider reversed a payment.", StatedReasonBody.self) { body in
                let reason = try APIRequest.line("reason", body.reason, upTo: 300)
                return { try orders.reverse($0, reason: reason, $1.step) }
            },
            order("reassign", "Moves a used payment to another device.", MoveBody.self) { body in
                let serial = try APIRequest.serial(body.serial)
                return {
                    try orders.reassign($0, to: serial, charges: body.charge == true, $1.step)
                }
            },
            order("token/resend", "Sends the stored token again.", EmptyBody.self) { _ in
                { try orders.resend($0, $1.step) }
            },
            order("token/retry", "Requests the token from the vendor again.", EmptyBody.self) { _ in
                { try orders.retry($0, $1.step) }
            },
            order("token/settle", "Records a token found at the vendor.", SettleBody.self, isSecret: true) { body in
                { try orders.settle($0, token: body.token, $1.step) }
            },
        ]
    }

    /// An endpoint for a decision about one payment. It returns the changed payment.
    private func order<Body: Codable & Sendable>(
        _ name: String, _ summary: String, _ body: Body.Type, isSecret: Bool = false,
        _ read: @escaping @Sendable (Body) throws -> @Sendable (PaymentID, Change) throws -> Void
    ) -> Endpoint {
        .change(.post, "/v1/payments/{id}/\(name)", summary, takes: Body.self, isSecret: isSecret) { request, body in
            let id = PaymentID(try request.number())
            let step = try read(body)
            return { change in
                try step(id, change)
                return try view(id, change.step)
            }
        }
    }

    private func view(_ id: PaymentID, _ step: Step) throws -> PaymentView {
        let company = step.company
        do {
            guard let payment = try step.payments.payment(id) else { throw APIError.notFound("payment \(id)") }
            let device = try payment.device.flatMap { try step.registry.device($0) }
            var view = PaymentView(
                payment, reasons: try payment.reasons.map { try words.words($0, ["en"]) }, serial: device?.serial,
                company: company)
            view.allocations = try step.payments.allocations(of: id).map {
                .init(
                    kind: $0.kind.rawValue, amount: MoneyView($0.amount, company.currency),
                    energyKwh: $0.energy.tenths != 0 ? $0.energy.kilowattHours : nil,
                    days: $0.days != 0 ? $0.days : nil,
                    name: try $0.instalment.flatMap { try step.sales.sale(of: $0)?.name })
            }
            view.token = try step.tokens.token(of: id).map { PaymentView.TokenView($0, device?.serial) }
            view.tokenRequest = try step.vendorTokens.request(of: id).map {
                .init(vendor: $0.vendor, state: $0.state.rawValue, attempts: $0.attempts, error: $0.error)
            }
            view.messages = try step.outbox.messages(of: id).map {
                .init(id: $0.id.number, to: $0.recipient.e164, state: $0.state.rawValue, text: $0.body)
            }
            return view
        }
    }
}

extension PaymentView.TokenView {
    init(_ token: IssuedToken, _ serial: Serial?) {
        self.init(
            token: token.digits, serial: serial?.text,
            energyKwh: token.energy.tenths > 0 ? token.energy.kilowattHours : nil,
            days: token.days > 0 ? token.days : nil, unlocks: token.unlocks, tid: token.identifier, act: token.act,
            undone: token.isUndone, madeAt: token.createdAt.rfc3339)
    }
}
