/// An unpaid access rate of a meter.
package struct AccessDebt: Hashable, Sendable {
    package let id: AccessDebtID
    package let device: DeviceID
    package let due: CalendarDate
    package let outstanding: Money

    package init(id: AccessDebtID, device: DeviceID, due: CalendarDate, outstanding: Money) {
        self.id = id
        self.device = device
        self.due = due
        self.outstanding = outstanding
    }
}
