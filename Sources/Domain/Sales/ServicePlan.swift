/// Energy as a service: a plan with a price per day for a device.
package struct ServicePlan: Sendable, Hashable {
    package let id: ServicePlanID
    package let device: DeviceID
    package let pricePerDay: Price
    /// Total paid so far.
    package let paid: Money
    package let daysGranted: Int

    package init(id: ServicePlanID, device: DeviceID, pricePerDay: Price, paid: Money, daysGranted: Int) {
        self.id = id
        self.device = device
        self.pricePerDay = pricePerDay
        self.paid = paid
        self.daysGranted = daysGranted
    }
}
