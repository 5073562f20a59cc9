import Domain

package struct TariffView: Codable, Sendable {
    package struct ComponentView: Codable, Sendable {
        package var name: String
        package var price: String
    }

    package var name: String
    /// The base price; `price` is the total price of a kWh.
    package var pricePerKwh: String
    package var components: [ComponentView]
    package var price: String
    package var accessRate: MoneyView
    package var accessPeriodDays: Int
    package var minimumPurchase: MoneyView
    package var meters: Int

    init(_ tariff: Tariff, _ meters: Int, _ currency: Currency) {
        name = tariff.name
        pricePerKwh = tariff.basePrice.decimal
        components = tariff.components.map { ComponentView(name: $0.name, price: $0.price.decimal) }
        price = tariff.price.decimal
        accessRate = MoneyView(tariff.accessRate, currency)
        accessPeriodDays = tariff.accessPeriodDays
        minimumPurchase = MoneyView(tariff.minimumPurchase, currency)
        self.meters = meters
    }
}
