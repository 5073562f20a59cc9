import Domain
import Store
import StrictTOML
import Tokens

/// The serials, mini-grids and people of earlier rows that are not in the registry yet.
struct CustomersSoFar: Sendable {
    var serials: [String: Int] = [:]
    /// The cluster of each mini-grid.
    var clusters: [String: String] = [:]
    /// Numbers, within the file, of the new people.
    var people: [Person: Int64] = [:]

    /// Identifies a person: the same name, phones, village and mini-grid mean the same person.
    struct Person: Hashable, Sendable {
        let name: String
        let phones: Set<PhoneNumber>
        let village: String
        let miniGrid: String

        init(_ customer: Customer) {
            name = customer.fullName
            phones = Set(customer.phones)
            village = customer.village
            miniGrid = customer.miniGrid
        }
    }
}

/// Imports customers and their devices.
extension RegistryImport {
    func checkCustomer(
        _ row: ImportSheet.Row, _ before: inout CustomersSoFar, _ step: Step
    ) throws(RowFault) -> StagedCustomer {
        let phones = try phones(row)
        let typed = try row.required("serial", upTo: 40)
        guard let serial = Serial(typed) else {
            throw RowFault("'\(typed)' is not a serial; a serial has 3 to 32 letters and digits")
        }
        try row.unique(serial.text, "the serial \(serial.text)", &before.serials)
        guard try storing({ try step.registry.device(serial: serial) }) == nil else {
            throw RowFault("there is already a device with serial \(serial.text)")
        }
        let language = try language(row)
        let cluster = try row.required("cluster", upTo: 60)
        let miniGrid = try row.required("mini_grid", upTo: 60)
        let known = try storing({ try before.clusters[miniGrid] ?? step.registry.cluster(ofMiniGrid: miniGrid) })
        if let known, known != cluster {
            throw RowFault("the mini-grid '\(miniGrid)' is in cluster '\(known)', not '\(cluster)'")
        }
        let customer = Customer(
            name: try row.required("name", upTo: 60), surname: row["surname"].map { String($0.prefix(60)) },
            language: language, cluster: cluster, miniGrid: miniGrid, village: try row.required("village", upTo: 60),
            connectionGroup: row["connection_group"], connectionType: row["connection_type"], phones: phones,
            createdAt: step.now)
        let device = try device(row, serial, step)
        let price = try pricePerDay(row, device)
        let first = try storing {
            try device.tariff.flatMap { try step.tariffs.tariff(named: $0) }.flatMap {
                TariffDesk(gateway).first(of: $0, step.now)
            }
        }
        let owner = try owner(customer, &before, step)
        before.clusters[miniGrid] = cluster
        var staged = StagedCustomer(line: row.line, owner: owner, customer: customer, device: device)
        staged.accessFrom = first
        staged.pricePerDay = price
        return staged
    }

    /// The customer that owns the row's device. A customer who is already known gets another device.
    private func owner(_ customer: Customer, _ before: inout CustomersSoFar, _ step: Step)
        throws(RowFault) -> StagedCustomer.Owner
    {
        let person = CustomersSoFar.Person(customer)
        if let number = before.people[person] { return .staged(number) }
        let same = try storing {
            try step.registry.customer(
                named: customer.fullName, phones: customer.phones, village: customer.village,
                miniGrid: customer.miniGrid)
        }
        if let same { return .registered(same) }
        let number = Int64(before.people.count + 1)
        before.people[person] = number
        return .new(number)
    }

    private func pricePerDay(_ row: ImportSheet.Row, _ device: Device) throws(RowFault) -> Price? {
        guard let text = row["price_per_day"] else { return nil }
        let price = try row.price("price_per_day", text)
        guard device.kind != .meter, price.tenThousandths > 0 else {
            throw RowFault("'price_per_day' is only for shs and e-bike, and must be more than 0")
        }
        return price
    }

    private func device(_ row: ImportSheet.Row, _ serial: Serial, _ step: Step) throws(RowFault) -> Device {
        let word = try row.required("device_kind")
        guard let kind = DeviceKind(rawValue: word.lowercased()) else {
            let kinds = DeviceKind.allCases.map(\.rawValue)
            let near = NearestWord.hint(word.lowercased(), in: kinds)
            throw RowFault("'\(word)' is not a device kind; use \(kinds.joined(separator: ", "))\(near)")
        }
        let tariff = row["tariff"]
        if kind == .meter, tariff == nil { throw RowFault("a meter needs a 'tariff'") }
        if kind != .meter, tariff != nil { throw RowFault("only meters have a tariff") }
        if let tariff, try storing({ try step.tariffs.tariff(named: tariff) }) == nil {
            let known = try storing { try step.tariffs.all().map(\.name) }
            let near = NearestWord.hint(tariff, in: known)
            throw RowFault("there is no tariff '\(tariff)'\(near)")
        }
        let token = row["token"] ?? (kind == .meter ? "sts" : "openpaygo")
        let known = gateway.issuer.kinds
        guard known.contains(token) else {
            let near = NearestWord.hint(token, in: known)
            throw RowFault("unknown token issuer '\(token)'; available: \(known.joined(separator: ", "))\(near)")
        }
        if let vendor = gateway.issuer.vendors[token], !vendor.traits.kinds.contains(kind) {
            throw RowFault("'\(token)' issues no tokens for devices of kind \(kind.rawValue)")
        }
        return Device(
            kind: kind, serial: serial, manufacturer: row["manufacturer"], token: token, tariff: tariff,
            meterKey: kind == .meter && token == "sts" ? try meterKey(row, serial) : nil, paygo: try paygo(row))
    }

    /// The parameters of the meter's vending key, which must be loaded. Empty columns take the values of the loaded
    /// key; values that differ from it are errors.
    private func meterKey(_ row: ImportSheet.Row, _ serial: Serial) throws(RowFault) -> MeterKeyParameters {
        let only = gateway.issuer.sts.onlyKey
        guard let supplyGroup = row["sgc"] ?? only?.name.supplyGroup else {
            throw RowFault(
                "'sgc' is empty, and \(only == nil ? "there is not exactly one loaded vending key" : "no key is loaded")"
            )
        }
        guard let revision = try row.integer("krn", 1...9) ?? (row["sgc"] == nil ? only?.name.keyRevision : 1) else {
            throw RowFault("'krn' is empty")
        }
        let type = try row.integer("kt", 1...3) ?? 2
        let index = try row.integer("ti", 0...99) ?? 1
        var key = MeterKeyParameters(
            supplyGroup: supplyGroup, keyRevision: revision, keyType: type, tariffIndex: index, algorithm: 0,
            baseDate: 0)
        guard let entry = gateway.issuer.sts.entry(for: key) else {
            throw RowFault("the vending key for sgc \(supplyGroup), krn \(revision), kt \(type) is not loaded")
        }
        key.algorithm = try row.integer("ea", 7...11) ?? entry.key.algorithm.rawValue
        key.baseDate = try row.integer("base_date", 1993...2035) ?? entry.baseDate.rawValue
        guard key.algorithm == entry.key.algorithm.rawValue else {
            throw RowFault("ea is \(key.algorithm), but the vending key's is \(entry.key.algorithm.rawValue)")
        }
        guard key.baseDate == entry.baseDate.rawValue else {
            throw RowFault("base_date is \(key.baseDate), but the vending key's is \(entry.baseDate.rawValue)")
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

    private func paygo(_ row: ImportSheet.Row) throws(RowFault) -> PaygoParameters? {
        guard let key = row["paygo_key"] else { return nil }
        guard Hexadecimal.bytes(key)?.count == 16 else { throw RowFault("'paygo_key' must be 32 hexadecimal digits") }
        var paygo = PaygoParameters(
            key: key.lowercased(), start: try row.integer("paygo_start", 0...999_999_999).map(Int64.init),
            count: try row.integer("paygo_count", 0...65_535) ?? 0)
        paygo.divider = try row.integer("paygo_divider", 1...10_000) ?? 1
        paygo.isRestricted = try row.flag("paygo_restricted")
        paygo.isExtended = try row.flag("paygo_extended")
        return paygo
    }
}
