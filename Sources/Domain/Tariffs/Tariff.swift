/// The prices of a meter: price per kWh, access rate and minimum purchase.
package struct Tariff: Sendable, Hashable, Codable {
    package var id: Int64 = 0
    package var name: String
    package var basePrice: Price
    package var components: [Component]
    package var accessRate: Money
    package var accessPeriodDays: Int
    package var minimumPurchase: Money

    /// A named surcharge on the price per kWh.
    package struct Component: Sendable, Hashable, Codable {
        package var name: String
        package var price: Price

        package init(name: String, price: Price) {
            self.name = name
            self.price = price
        }
    }

    package init(
        name: String, basePrice: Price, components: [Component], accessRate: Money, accessPeriodDays: Int,
        minimumPurchase: Money
    ) {
        self.name = name
        self.basePrice = basePrice
        self.components = components
        self.accessRate = accessRate
        self.accessPeriodDays = accessPeriodDays
        self.minimumPurchase = minimumPurchase
    }

    /// The price per kWh: the base price and all components.
    package var price: Price { components.reduce(basePrice) { $0 + $1.price } }
}
