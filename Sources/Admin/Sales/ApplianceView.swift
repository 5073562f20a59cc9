import Domain

package struct ApplianceView: Codable, Sendable {
    package var id: Int64
    package var name: String
    package var price: MoneyView
    package var remindBeforeDays: Int?
    package var remindAfterDays: Int?

    init(_ appliance: Appliance, _ currency: Currency) {
        id = appliance.id.number
        name = appliance.name
        price = MoneyView(appliance.price, currency)
        remindBeforeDays = appliance.remindBefore
        remindAfterDays = appliance.remindAfter
    }
}
