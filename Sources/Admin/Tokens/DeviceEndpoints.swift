import Store
import HTTPTypes
import Domain
import Gateway
import StrictTOML

/// Endpoints for devices: their details, and their tokens, tariffs and service plans.
struct DeviceEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        let tokens = ManagementTokens(gateway)
        return [
            .get("/v1/devices/{serial}", "One device with its latest tokens, access rates and plan.") { request in
                let serial = try request.serial()
                return try await gateway.steps.read { try view(serial, $0) }
            },
            .change(
                .post, "/v1/devices/{serial}/tokens", "Makes a token without a payment.", takes: TokenBody.self,
                status: .created
            ) { request, body in
                let serial = try request.serial()
                let order = try order(body)
                let reason = try APIRequest.line("reason", body.reason, upTo: 200)
                return { change in
                    let device = try device(serial, change.step)
                    let token = try tokens.make(
                        try order(device), for: device, reason: reason, by: change.peer.name, sends: body.send == true,
                        change.step)
                    return PaymentView.TokenView(token, serial)
                }
            },
            step(
                "key-change/confirm",
                "Confirms that the meter accepted its key change tokens; the new key replaces the stored one.",
                EmptyBody.self
            ) {
                _ in { try tokens.confirmKeyChange(of: $0, $1.step) }
            },
            step("key-change/withdraw", "Withdraws a key change whose tokens were not entered.", EmptyBody.self) {
                _ in { try tokens.withdrawKeyChange(of: $0, $1.step) }
            },
            step("tariff", "Assigns a tariff to a meter.", DeviceTariffBody.self) { body in
                { try TariffDesk(gateway).assign(body.tariff, to: $0, $1.step) }
            },
            step("service", "Starts energy as a service at a price per day, or ends it.", ServiceBody.self) { body in
                let price = try body.pricePerDay.map { try APIRequest.price("price_per_day", $0) }
                guard (price == nil) == (body.end == true) else {
                    throw APIError.badRequest("give either 'price_per_day' or 'end' with the value true")
                }
                return { try serve($0, price, $1) }
            },
        ]
    }

    /// An endpoint that changes one device. It returns the changed device.
    private func step<Body: Codable & Sendable>(
        _ name: String, _ summary: String, _ body: Body.Type,
        _ read: @escaping @Sendable (Body) throws -> @Sendable (Device, Change) throws -> Void
    ) -> Endpoint {
        .change(.post, "/v1/devices/{serial}/\(name)", summary, takes: Body.self) { request, body in
            let serial = try request.serial()
            let step = try read(body)
            return { change in
                try step(try device(serial, change.step), change)
                return try view(serial, change.step)
            }
        }
    }

    private func device(_ serial: Serial, _ step: Step) throws -> Device {
        guard let device = try step.registry.device(serial: serial) else {
            throw APIError.notFound("device \(serial.text)")
        }
        return device
    }

    private func serve(_ device: Device, _ price: Price?, _ change: Change) throws {
        guard device.kind != .meter else {
            throw APIError.badRequest("\(device.serial.text) is a meter; its energy is sold by its tariff")
        }
        guard let price else { return try change.step.services.end(for: device.id, at: change.step.now) }
        guard price.tenThousandths > 0 else { throw APIError.badRequest("'price_per_day' must be more than 0") }
        if let sale = try change.step.sales.plan(of: device.id) {
            throw APIError.conflict(
                "\(device.serial.text) is sold on instalments (sale \(sale.id)); cancel that first")
        }
        try change.step.services.start(price, for: device.id, at: change.step.now)
    }

    // MARK: Requests for tokens

    private func order(_ body: TokenBody) throws -> @Sendable (Device) throws -> ManagementTokens.Order {
        let names = ManagementTokens.Order.names
        guard names.contains(body.type) else {
            let near = NearestWord.hint(body.type, in: names)
            throw APIError.badRequest(
                "'type' must be one of \(names.joined(separator: ", ")), not '\(body.type)'\(near)")
        }
        func value(_ range: ClosedRange<Int>, _ what: String) throws -> Int {
            guard let value = body.value else { throw APIError.badRequest("'value' is missing: \(what)") }
            return try APIRequest.whole("value", value, range)
        }
        let order: ManagementTokens.Order
        switch body.type {
        case "clear_credit":
            let register = body.value ?? 65_535
            guard (0...7).contains(register) || register == 65_535 else {
                throw APIError.badRequest("'value' must be a register, 0 to 7, or 65535 for all, not \(register)")
            }
            order = .clearCredit(register: UInt16(register))
        case "clear_tamper": order = .clearTamper
        case "max_power": order = .maximumPower(watts: Int64(try value(0...18_201_624, "watts")))
        case "phase_unbalance": order = .phaseUnbalance(watts: Int64(try value(0...18_201_624, "watts")))
        case "test":
            order = .test(
                control: UInt64(try APIRequest.whole("value", body.value ?? 1, 0...0xf_ffff_ffff)), manufacturer: 0)
        case "add_time": order = .addDays(try value(1...100_000, "days"))
        case "set_time": order = .setDays(try value(0...100_000, "days"))
        case "disable_payg": order = .disable
        case "counter_sync": order = .counterSync
        default: return { .keyChange(to: try key(body, $0)) }
        }
        return { _ in order }
    }

    /// The new key: the device's current key with the values given in the body.
    private func key(_ body: TokenBody, _ device: Device) throws -> MeterKeyParameters {
        guard var key = device.meterKey else {
            throw APIError.badRequest("\(device.serial.text) has no STS key")
        }
        if let sgc = body.sgc {
            guard sgc.count == 6, sgc.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw APIError.badRequest("'sgc' must have 6 digits, not '\(sgc.prefix(20))'")
            }
            key.supplyGroup = sgc
        }
        if let krn = body.krn { key.keyRevision = try APIRequest.whole("krn", krn, 1...9) }
        if let ti = body.ti { key.tariffIndex = try APIRequest.whole("ti", ti, 0...99) }
        if let kt = body.kt { key.keyType = try APIRequest.whole("kt", kt, 1...3) }
        key = gateway.issuer.sts.asLoaded(key)
        if let baseDate = body.baseDate, baseDate != key.baseDate {
            throw APIError.badRequest(
                "the key of sgc \(key.supplyGroup), krn \(key.keyRevision) has base date \(key.baseDate), not \(baseDate)"
            )
        }
        return key
    }

    // MARK: The view

    private func view(_ serial: Serial, _ step: Step) throws -> DeviceView {
        let device = try device(serial, step)
        let (company, now) = (step.company, gateway.clock.now)
        var view = DeviceView(device, customerName: try step.registry.customer(device.customer)?.fullName)
        view.tokens = try step.tokens.tokens(of: device.id, limit: 20).map { .init($0, device.serial) }
        view.daysLeft = device.daysLeft(at: now)
        view.paygo = device.paygo.map {
            .init(
                count: $0.count, divider: $0.divider, restricted: $0.isRestricted, extended: $0.isExtended)
        }
        view.keyChange = try step.keyChanges.pending(of: device.id).map { DeviceView.STSView($0.key, lastTid: nil) }
        if device.kind == .meter {
            let charges = try step.accessRates.charges(of: device.id, limit: 24)
            view.access = .init(
                nextDue: try step.accessRates.next(of: device.id)?.description,
                open: MoneyView(
                    try step.accessRates.outstandingDebts(of: device.customer).filter { $0.device == device.id }.map(
                        \.outstanding
                    )
                    .sum,
                    company.currency),
                history: charges.map {
                    .init(
                        due: $0.due.description, amount: MoneyView($0.amount, company.currency),
                        paid: MoneyView($0.paid, company.currency))
                })
        }
        view.plan = try step.sales.plan(of: device.id).flatMap {
            try SaleView.views([$0], step, today: company.calendar.today(at: now)).first
        }
        view.service = try step.services.plan(of: device.id).map {
            .init(
                pricePerDay: $0.pricePerDay.decimal, paid: MoneyView($0.paid, company.currency),
                daysGranted: $0.daysGranted)
        }
        return view
    }
}
