package struct DeviceTariffBody: Codable, Sendable {
    package var tariff: String
    package init(tariff: String) { self.tariff = tariff }
}
