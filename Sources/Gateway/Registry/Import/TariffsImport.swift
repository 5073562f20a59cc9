import Store
import Domain

/// Imports tariffs.
extension RegistryImport {
    func addTariff(_ row: ImportSheet.Row, _ seen: inout [String: Int], _ step: Step)
        throws(RowFault)
    {
        let currency = step.company.currency
        let name = try row.required("name", upTo: 60)
        try row.unique(name, "the tariff '\(name)'", &seen)
        guard try storing({ try step.tariffs.tariff(named: name) }) == nil else {
            throw RowFault("there is already a tariff '\(name)'")
        }
        let base = try row.price("price_per_kwh", row.required("price_per_kwh"))
        let rate = try row.money("access_rate", currency)
        let period = try row.integer("access_period_days", 1...3_660)
        guard (rate == nil) == (period == nil) else {
            throw RowFault("give both access_rate and access_period_days, or neither")
        }
        var components: [Tariff.Component] = []
        for piece in (row["components"] ?? "").split(separator: ";") {
            let pair = piece.split(separator: "=", maxSplits: 1).map { String($0).trimmingSpaces }
            guard pair.count == 2, !pair[0].isEmpty else {
                throw RowFault("components must be written name=price;name=price, not '\(piece)'")
            }
            guard components.count < Self.mostComponents else {
                throw RowFault("a tariff can have at most \(Self.mostComponents) components")
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
        guard tariff.price.tenThousandths > 0 else { throw RowFault("the price per kWh must be more than 0") }
        try storing { try step.tariffs.insert(tariff) }
    }
}
