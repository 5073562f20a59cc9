package struct NewSaleBody: Codable, Sendable {
    package var customerId: Int64
    package var appliance: String
    package var serial: String?
    /// The list price if absent.
    package var price: String?
    package var downPayment: String?
    package var instalments: Int?
    package var instalmentAmount: String?
    package var interval: String
    package var firstDue: String
    package init(customerId: Int64, appliance: String, interval: String, firstDue: String) {
        self.customerId = customerId
        self.appliance = appliance
        self.interval = interval
        self.firstDue = firstDue
    }
}
