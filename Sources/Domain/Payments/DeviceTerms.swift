/// What the paid device takes money for.
package enum DeviceTerms: Hashable, Sendable {
    /// A meter: price per kWh and the least sum that buys.
    case meter(price: Price, minimumPurchase: Money)
    /// A device that is being paid off; `daysGranted` counts all days given so far.
    case instalments([PlanInstalment], daysGranted: Int)
    /// Energy as a service: a price per day.
    case service(pricePerDay: Price, paidBefore: Money, daysGranted: Int)
    /// Nothing to sell: money is kept as credit.
    case none
}
