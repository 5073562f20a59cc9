import Domain
import Messages
import Store
import StrictTOML
import Tokens

/// What an import did, or why it did nothing: all rows or none.
package struct ImportResult: Sendable, Hashable {
    /// More are not looked for: a file of another kind has a fault in every row.
    static let mostBadRows = 1_000

    package struct BadRow: Sendable, Hashable {
        package let line: Int
        package let reason: String
    }

    package var kind: ImportKind
    package var rows: Int
    package var bad: [BadRow]
    package var isDryRun: Bool
    /// The very same file was brought in then, and nothing was done now.
    package var importedAt: Timestamp?
}

/// Reads CSV files into the registry.
package struct RegistryImport: Sendable {
    let gateway: Gateway

    private static let mostComponents = 50

    package init(_ gateway: Gateway) { self.gateway = gateway }

    /// `alongside` is done in the same transaction, when the rows are in. The same file of the same kind is brought in
    /// once, but `again`. Throws `ClockRefusal` while the clock cannot be believed.
    package func run(
        _ kind: ImportKind, _ text: String, dryRun: Bool, again: Bool = false, uid: UInt32?,
        alongside: @escaping @Sendable (Transaction, ImportResult) throws -> Void = { _, _ in }
    ) async throws -> ImportResult {
        let now = gateway.clock.now
        let fingerprint = try LibCrypto.sha256(Array(text.utf8))
        if !again, let earlier = try await gateway.store.read({ try $0.importedFiles.find(kind.rawValue, fingerprint) })
        {
            return ImportResult(
                kind: kind, rows: earlier.rows, bad: [], isDryRun: dryRun, importedAt: earlier.at)
        }
        let sheet: ImportSheet
        do {
            sheet = try ImportSheet(text, kind)
        } catch {
            return ImportResult(kind: kind, rows: 0, bad: error.rows, isDryRun: dryRun)
        }
        do {
            return try await gateway.store.write { transaction in
                if let fault = try transaction.clock.fault(at: now) { throw ClockRefusal(fault: fault) }
                var result = ImportResult(kind: kind, rows: sheet.rows.count, bad: [], isDryRun: dryRun)
                var seen: [String: Int] = [:]
                for row in sheet.rows where result.bad.count < ImportResult.mostBadRows {
                    do throws(RowFault) {
                        switch kind {
                        case .tariffs: try addTariff(row, &seen, transaction)
                        case .customers: try addCustomer(row, &seen, transaction, now)
                        case .appliances: try addAppliance(row, &seen, transaction, now)
                        case .sales: try addSale(row, transaction, now)
                        case .contractors: try addPerson(.contractor, row, &seen, transaction, now)
                        case .agents: try addPerson(.agent, row, &seen, transaction, now)
                        case .staff: try addPerson(.staff, row, &seen, transaction, now)
                        case .categories: try addCategory(row, &seen, transaction)
                        }
                    } catch {
                        guard !error.isTrouble else { throw StoreError.unavailable(error.reason) }
                        result.bad.append(.init(line: row.line, reason: error.reason))
                    }
                }
                guard result.bad.isEmpty, !dryRun else { throw Undo(result: result) }
                try transaction.importedFiles.keep(kind.rawValue, fingerprint, rows: result.rows, at: now)
                try transaction.events.note(.registryChanged, Int64(result.rows), "import \(kind.rawValue)", at: now)
                try transaction.acts.note("import \(kind.rawValue)", detail: "\(result.rows) rows", uid: uid, at: now)
                try alongside(transaction, result)
                return result
            }
        } catch let undo as Undo {
            return undo.result
        }
    }

    /// Takes the transaction back and carries the account of it.
    private struct Undo: Error {
        let result: ImportResult
    }

    // MARK: Tariffs

    private func addTariff(_ row: ImportSheet.Row, _ seen: inout [String: Int], _ transaction: Transaction)
        throws(RowFault)
    {
        let currency = gateway.company.currency
        let name = try row.required("name", upTo: 60)
        try row.unique(name, "the tariff '\(name)'", &seen)
        guard try storing({ try transaction.tariffs.tariff(named: name) }) == nil else {
            throw RowFault("there is a tariff '\(name)' already")
        }
        let base = try row.price("price_per_kwh", row.required("price_per_kwh"))
        let rate = try row.money("access_rate", currency)
        let period = try row.integer("access_period_days", 1...3_660)
        guard (rate == nil) == (period == nil) else {
            throw RowFault("access_rate and access_period_days are given together or not at all")
        }
        var components: [Tariff.Component] = []
        for piece in (row["components"] ?? "").split(separator: ";") {
            let pair = piece.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
            guard pair.count == 2, !pair[0].isEmpty else {
                throw RowFault("components are written name=price;name=price, not '\(piece)'")
            }
            guard components.count < Self.mostComponents else {
                throw RowFault("a tariff has at most \(Self.mostComponents) components")
            }
            guard !components.contains(where: { $0.name == pair[0] }) else {
                throw RowFault("the component '\(pair[0])' is given twice")
            }
            components.append(.init(name: pair[0], price: try row.price("components", pair[1])))
        }
        let minimum = try row.money("minimum_purchase", currency) ?? .zero
        let tariff = Tariff(
            name: name, basePrice: base, components: components, accessRate: rate ?? .zero,
            accessPeriodDays: period ?? 0,
            minimumPurchase: minimum)
        guard tariff.price.tenThousandths > 0 else { throw RowFault("the price of a kWh must be more than 0") }
        try storing { try transaction.tariffs.insert(tariff) }
    }

    // MARK: Customers

    private func addCustomer(
        _ row: ImportSheet.Row, _ seen: inout [String: Int], _ transaction: Transaction, _ now: Timestamp
    )
        throws(RowFault)
    {
        let phones = try phones(row)
        let typed = try row.required("serial", upTo: 40)
        guard let serial = Serial(typed) else {
            throw RowFault("'\(typed)' is no serial: 3 to 32 letters and digits")
        }
        try row.unique(serial.text, "the serial \(serial.text)", &seen)
        guard try storing({ try transaction.registry.device(serial: serial) }) == nil else {
            throw RowFault("there is a device with serial \(serial.text) already")
        }
        let language = try language(row)
        let cluster = try row.required("cluster", upTo: 60)
        let miniGrid = try row.required("mini_grid", upTo: 60)
        if let known = try storing({ try transaction.registry.cluster(ofMiniGrid: miniGrid) }), known != cluster {
            throw RowFault("the mini-grid '\(miniGrid)' is in cluster '\(known)', not '\(cluster)'")
        }
        let customer = Customer(
            name: try row.required("name", upTo: 60), surname: row["surname"].map { String($0.prefix(60)) },
            language: language,
            cluster: cluster, miniGrid: miniGrid, village: try row.required("village", upTo: 60),
            connectionGroup: row["connection_group"], connectionType: row["connection_type"], phones: phones,
            createdAt: now)
        let device = try device(row, serial, transaction)
        try storing {
            // Another device of somebody who is there already: the same name, phones and village.
            let same = try transaction.registry.customers(phone: phones[0]).first {
                $0.fullName == customer.fullName && Set($0.phones) == Set(phones) && $0.village == customer.village
                    && $0.miniGrid == customer.miniGrid
            }
            let first = try device.tariff.flatMap { try transaction.tariffs.tariff(named: $0) }.flatMap {
                TariffDesk(gateway).first(of: $0, now)
            }
            if let same {
                try transaction.registry.add(device, to: same.id, accessFrom: first, at: now)
            } else {
                try transaction.registry.register(customer, device, accessFrom: first)
            }
        }
        if let text = row["price_per_day"] {
            let price = try row.price("price_per_day", text)
            guard device.kind != .meter, price.tenThousandths > 0 else {
                throw RowFault("'price_per_day' is for a shs or an e-bike, and more than 0")
            }
            try storing {
                guard let id = try transaction.registry.device(serial: serial)?.id else { return }
                try transaction.services.start(price, for: id, at: now)
            }
        }
    }

    func language(_ row: ImportSheet.Row) throws(RowFault) -> String? {
        let known = gateway.library.texts.languages
        if let language = row["language"], !known.contains(language) {
            throw RowFault(
                "there are no texts in language '\(language)'; there are \(known.joined(separator: ", "))")
        }
        return row["language"]
    }

    func phones(_ row: ImportSheet.Row) throws(RowFault) -> [PhoneNumber] {
        var phones: [PhoneNumber] = []
        for typed in try row.required("phone").split(separator: ";") {
            guard let phone = gateway.company.country.plan.phone(String(typed).trimmingSpaces) else {
                throw RowFault(
                    "'\(typed)' is no telephone number of \(gateway.company.country.name), nor one with + and country code"
                )
            }
            if !phones.contains(phone) { phones.append(phone) }
        }
        guard !phones.isEmpty else { throw RowFault("'phone' is empty") }
        return phones
    }

    private func device(_ row: ImportSheet.Row, _ serial: Serial, _ transaction: Transaction) throws(RowFault) -> Device
    {
        let word = try row.required("device_kind")
        guard let kind = DeviceKind(rawValue: word.lowercased()) else {
            let kinds = DeviceKind.allCases.map(\.rawValue)
            let near = NearestWord.hint(word.lowercased(), in: kinds)
            throw RowFault("'\(word)' is no kind of device: \(kinds.joined(separator: ", "))\(near)")
        }
        let tariff = row["tariff"]
        if kind == .meter, tariff == nil { throw RowFault("a meter needs a 'tariff'") }
        if kind != .meter, tariff != nil { throw RowFault("only meters have a tariff") }
        if let tariff, try storing({ try transaction.tariffs.tariff(named: tariff) }) == nil {
            let known = try storing { try transaction.tariffs.all().map(\.name) }
            let near = NearestWord.hint(tariff, in: known)
            throw RowFault("there is no tariff '\(tariff)'\(near)")
        }
        let token = row["token"] ?? (kind == .meter ? "sts" : "openpaygo")
        let known = gateway.issuer.kinds
        guard known.contains(token) else {
            let near = NearestWord.hint(token, in: known)
            throw RowFault("nobody makes tokens of '\(token)'; there are \(known.joined(separator: ", "))\(near)")
        }
        if let maker = gateway.issuer.vendors[token], !maker.traits.kinds.contains(kind) {
            throw RowFault("'\(token)' makes no tokens for a device of kind \(kind.rawValue)")
        }
        return Device(
            kind: kind, serial: serial, manufacturer: row["manufacturer"], token: token, tariff: tariff,
            meterKey: kind == .meter && token == "sts" ? try meterKey(row, serial) : nil, paygo: try paygo(row))
    }

    /// The loaded key that the row names; what the row leaves open is the key's, what it says otherwise is an error.
    private func meterKey(_ row: ImportSheet.Row, _ serial: Serial) throws(RowFault) -> MeterKeyRow {
        let only = gateway.issuer.sts.onlyKey
        guard let supplyGroup = row["sgc"] ?? only?.name.supplyGroup else {
            throw RowFault(
                "'sgc' is empty, and \(only == nil ? "there is not exactly one vending key" : "no key is loaded")")
        }
        guard let revision = try row.integer("krn", 1...9) ?? (row["sgc"] == nil ? only?.name.keyRevision : 1) else {
            throw RowFault("'krn' is empty")
        }
        let type = try row.integer("kt", 1...3) ?? 2
        let index = try row.integer("ti", 0...99) ?? 1
        var key = MeterKeyRow(
            supplyGroup: supplyGroup, keyRevision: revision, keyType: type, tariffIndex: index, algorithm: 0,
            baseDate: 0)
        guard let entry = gateway.issuer.sts.entry(for: key) else {
            throw RowFault("the vending key of sgc \(supplyGroup), krn \(revision), kt \(type) is not loaded")
        }
        key.algorithm = try row.integer("ea", 7...11) ?? entry.key.algorithm.rawValue
        key.baseDate = try row.integer("base_date", 1993...2035) ?? entry.baseDate.rawValue
        guard key.algorithm == entry.key.algorithm.rawValue else {
            throw RowFault("ea is \(key.algorithm), and the vending key's is \(entry.key.algorithm.rawValue)")
        }
        guard key.baseDate == entry.baseDate.rawValue else {
            throw RowFault("base_date is \(key.baseDate), and the vending key's is \(entry.baseDate.rawValue)")
        }
        do {
            _ = try MeterKeyFields(
                meter: serial.text, supplyGroup: supplyGroup, tariffIndex: index, keyRevision: revision, keyType: type,
                baseDate: entry.baseDate)
        } catch {
            throw RowFault("serial \(serial.text): \(error.message)")
        }
        return key
    }

    private func paygo(_ row: ImportSheet.Row) throws(RowFault) -> PaygoRow? {
        guard let key = row["paygo_key"] else { return nil }
        guard Hexadecimal.bytes(key)?.count == 16 else { throw RowFault("'paygo_key' is 32 hexadecimal digits") }
        var paygo = PaygoRow(
            key: key.lowercased(), start: try row.integer("paygo_start", 0...999_999_999).map(Int64.init),
            count: try row.integer("paygo_count", 0...65_535) ?? 0)
        paygo.divider = try row.integer("paygo_divider", 1...10_000) ?? 1
        paygo.isRestricted = try row.flag("paygo_restricted")
        paygo.isExtended = try row.flag("paygo_extended")
        return paygo
    }

    /// A failure of the database's own is told apart from what the row is refused for.
    func storing<Value>(_ body: () throws -> Value) throws(RowFault) -> Value {
        do {
            return try body()
        } catch {
            throw RowFault(storing: error)
        }
    }
}
