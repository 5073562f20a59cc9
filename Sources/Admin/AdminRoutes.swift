import Domain
import Foundation
import Gateway
import Hummingbird
import ModemLink
import ModemMessages
import Store

/// What the admin socket answers.
struct AdminRoutes: Sendable {
    let gateway: Gateway
    let modems: [ModemLink]
    let version: String
    let startedAt: Timestamp

    private static let longestPage = 500

    func add(to router: Router<AdminContext>) {
        router.add(middleware: ErrorRendering())
        router.get("health") { _, _ in try JSONBody.response(["live": true]) }
        let v1 = router.group("v1")
        v1.get("status") { _, _ in try JSONBody.response(try await status()) }
        v1.get("payments") { request, _ in try JSONBody.response(try await payments(request)) }
        v1.get("payments/:id") { _, context in try JSONBody.response(try await payment(context)) }
        v1.get("customers") { request, _ in try JSONBody.response(try await customers(request)) }
        v1.get("customers/:id") { _, context in try JSONBody.response(try await customer(context)) }
        v1.get("devices/:serial") { _, context in try JSONBody.response(try await device(context)) }
        v1.get("messages/in") { request, _ in try JSONBody.response(try await incoming(request)) }
        v1.get("messages/out") { request, _ in try JSONBody.response(try await outgoing(request)) }
        v1.get("audit") { _, _ in try JSONBody.response(try await audit()) }
        v1.post("imports/:kind") { request, context in try await importFile(request, context) }
    }

    // MARK: Status and proofs

    private func status() async throws -> StatusView {
        let counts = try await gateway.store.read { transaction in
            (
                try transaction.registry.counts(), try transaction.payments.counts(), try transaction.inbox.counts(),
                try transaction.outbox.counts()
            )
        }
        return StatusView(
            company: gateway.company.name, version: version, time: gateway.clock.now.rfc3339,
            startedAt: startedAt.rfc3339,
            customers: counts.0.customers, devices: counts.0.devices, payments: counts.1, inbox: counts.2,
            outbox: counts.3,
            modems: modems.map(StatusView.ModemView.init))
    }

    private func audit() async throws -> AuditView {
        let findings = try await gateway.store.read { try $0.audit.findings() }
        return AuditView(
            clean: findings.isEmpty, proofs: AuditProofs.names,
            findings: findings.map { .init(proof: $0.proof, detail: $0.detail) })
    }

    // MARK: Payments

    private func payments(_ request: Request) async throws -> PageView<PaymentView> {
        let (limit, before) = try page(request)
        let state = try choice(request, "state", PaymentState.init(rawValue:), PaymentState.allCases.map(\.rawValue))
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

    private func payment(_ context: AdminContext) async throws -> PaymentView {
        let id = PaymentID(try number(context))
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

    // MARK: Registry

    private func customers(_ request: Request) async throws -> PageView<CustomerView> {
        let (limit, after) = try page(request)
        let search = request.uri.queryParameters["search"].map(String.init)
        let company = gateway.company
        return try await gateway.store.read { transaction in
            let customers = try transaction.registry.customers(after: after ?? 0, search: search, limit: limit)
            return PageView(
                items: try customers.map { try Self.view($0, transaction, company) },
                next: customers.count == limit ? customers.last.map { "\($0.id)" } : nil)
        }
    }

    private func customer(_ context: AdminContext) async throws -> CustomerView {
        let id = CustomerID(try number(context))
        let company = gateway.company
        return try await gateway.store.read { transaction in
            guard let customer = try transaction.registry.customer(id) else {
                throw APIError.notFound("customer \(id)")
            }
            return try Self.view(customer, transaction, company)
        }
    }

    private static func view(_ customer: Customer, _ transaction: Transaction, _ company: Company) throws
        -> CustomerView
    {
        CustomerView(
            id: customer.id.number, name: customer.name, surname: customer.surname, phones: customer.phones.map(\.e164),
            language: customer.language, cluster: customer.cluster, miniGrid: customer.miniGrid,
            village: customer.village,
            connectionGroup: customer.connectionGroup, connectionType: customer.connectionType,
            credit: MoneyView(try transaction.ledger.credit(of: customer.id), company.currency),
            devices: try transaction.registry.devices(of: customer.id).map { DeviceView($0) })
    }

    private func device(_ context: AdminContext) async throws -> DeviceView {
        let typed = try context.parameters.require("serial")
        guard let serial = Serial(typed) else { throw APIError.badRequest("'\(typed)' is no serial") }
        return try await gateway.store.read { transaction in
            guard let device = try transaction.registry.device(serial: serial) else {
                throw APIError.notFound("device \(serial.text)")
            }
            var view = DeviceView(device, customerName: try transaction.registry.customer(device.customer)?.fullName)
            view.tokens = try transaction.payments.tokens(of: device.id, limit: 20).map { .init($0, device.serial) }
            return view
        }
    }

    private func importFile(_ request: Request, _ context: AdminContext) async throws -> Response {
        let word = try context.parameters.require("kind")
        guard let kind = ImportKind(rawValue: word) else {
            throw APIError.badRequest(
                "'\(word)' cannot be imported; there are \(ImportKind.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        let dryRun = request.uri.queryParameters["dry_run"] == "true"
        var request = request
        let body = try await request.collectBody(upTo: context.maxUploadSize)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw APIError.badRequest("the file is not UTF-8 text")
        }
        let uid = await context.peer()
        // Not on this task: a client that hangs up must not undo half an import's answer.
        let result = try await Task { try await RegistryImport(gateway).run(kind, text, dryRun: dryRun, uid: uid) }
            .value
        return try JSONBody.response(ImportView(result), status: result.bad.isEmpty ? .ok : .unprocessableContent)
    }

    // MARK: Messages

    private func incoming(_ request: Request) async throws -> PageView<InMessageView> {
        let (limit, before) = try page(request)
        let disposition = try choice(
            request, "disposition", Disposition.init(rawValue:), Disposition.allCases.map(\.rawValue))
        return try await gateway.store.read { transaction in
            let messages = try transaction.inbox.messages(before: before, disposition: disposition, limit: limit)
            return PageView(
                items: messages.map(InMessageView.init),
                next: messages.count == limit ? messages.last.map { "\($0.id)" } : nil)
        }
    }

    private func outgoing(_ request: Request) async throws -> PageView<OutMessageView> {
        let (limit, before) = try page(request)
        let state = try choice(request, "state", OutboxState.init(rawValue:), OutboxState.allCases.map(\.rawValue))
        return try await gateway.store.read { transaction in
            let messages = try transaction.outbox.messages(before: before, state: state, limit: limit)
            return PageView(
                items: messages.map(OutMessageView.init),
                next: messages.count == limit ? messages.last.map { "\($0.id)" } : nil)
        }
    }

    // MARK: Parameters

    private func number(_ context: AdminContext) throws -> Int64 {
        let word = try context.parameters.require("id")
        guard let number = Int64(word), number > 0 else { throw APIError.badRequest("'\(word)' is no number") }
        return number
    }

    private func page(_ request: Request) throws -> (limit: Int, cursor: Int64?) {
        let parameters = request.uri.queryParameters
        let limit = parameters["limit"].map { Int($0) } ?? 50
        guard let limit, (1...Self.longestPage).contains(limit) else {
            throw APIError.badRequest("'limit' is 1 to \(Self.longestPage)")
        }
        guard let word = parameters["cursor"] else { return (limit, nil) }
        guard let cursor = Int64(word) else {
            throw APIError.badRequest("'cursor' is what the page before said as 'next'")
        }
        return (limit, cursor)
    }

    private func choice<Value>(_ request: Request, _ name: String, _ read: (String) -> Value?, _ known: [String]) throws
        -> Value?
    {
        guard let word = request.uri.queryParameters[name[...]] else { return nil }
        guard let value = read(String(word)) else {
            throw APIError.badRequest("'\(name)' is one of \(known.joined(separator: ", ")), not '\(word)'")
        }
        return value
    }
}

extension PaymentView.TokenView {
    init(_ token: IssuedToken, _ serial: Serial?) {
        self.init(
            token: token.digits, serial: serial?.text, energyKwh: token.energy.kilowattHours, tid: token.identifier)
    }
}

extension StatusView.ModemView {
    init(_ link: ModemLink) {
        let (state, reason, identity) =
            switch link.condition {
            case .starting: ("starting", String?.none, nil as (String, String)?)
            case .ready(let identity):
                ("ready", nil, ("\(identity.manufacturer) \(identity.model)", identity.serviceCentre))
            case .down(let reason): ("down", reason, nil)
            case .needsOperator(let reason): ("needs_operator", reason, nil)
            }
        let status = link.status
        self.init(
            name: link.name, state: state, reason: reason, model: identity?.0, smsc: identity?.1,
            signalPercent: status?.signalPercent,
            network: status?.network, storeUsed: status?.storeUsed, storeSize: status?.storeSize,
            restarts: link.restarts)
    }
}
