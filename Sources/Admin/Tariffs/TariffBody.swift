package struct TariffBody: Codable, Sendable {
    package struct ComponentBody: Codable, Sendable {
        package var name: String
        package var price: String
        package init(name: String, price: String) {
            self.name = name
            self.price = price
        }
    }

    package var pricePerKwh: String?
    package var components: [ComponentBody]?
    package var accessRate: String?
    package var accessPeriodDays: Int?
    package var minimumPurchase: String?
    package init() {}
}
