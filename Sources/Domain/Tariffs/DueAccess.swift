/// A meter whose next access rate is due.
package struct DueAccess: Sendable, Hashable {
    package let device: DeviceID
    package let customer: CustomerID
    package let due: CalendarDate
    /// The access rate of the meter's current tariff.
    package let rate: Money
    package let periodDays: Int

    package init(device: DeviceID, customer: CustomerID, due: CalendarDate, rate: Money, periodDays: Int) {
        self.device = device
        self.customer = customer
        self.due = due
        self.rate = rate
        self.periodDays = periodDays
    }
}
