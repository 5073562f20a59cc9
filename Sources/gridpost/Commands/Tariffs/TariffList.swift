import Admin
import ArgumentParser

/// `gridpost tariffs list`
struct TariffList: Listing {
    static let help = CommandConfiguration(
        commandName: "list", abstract: "List tariffs, ordered by name.", discussion: "Example: gridpost tariffs list")
    static let address = "/v1/tariffs"
    static let columns = ["NAME", "PRICE PER KWH", "BASE PRICE", "COMPONENTS", "ACCESS RATE", "MINIMUM", "METERS"]
    static let empty = "no tariffs; add some with 'gridpost import tariffs FILE.csv'"

    static func row(_ tariff: TariffView) -> [String] {
        let components = tariff.components.map { "\($0.name)=\($0.price)" }.joined(separator: ";")
        let rate = "\(tariff.accessRate.amount) every \(tariff.accessPeriodDays) days"
        return [
            tariff.name, tariff.price, tariff.pricePerKwh, components.isEmpty ? "-" : components,
            tariff.accessPeriodDays > 0 ? rate : "-", tariff.minimumPurchase.amount, "\(tariff.meters)",
        ]
    }
}
