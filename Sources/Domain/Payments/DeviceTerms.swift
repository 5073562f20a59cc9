/// How money buys energy or days for a device.
package enum DeviceTerms: Hashable, Sendable {
    /// A meter: price per kWh and minimum purchase.
    case meter(price: Price, minimumPurchase: Money)
    /// A device sold on instalments; `daysGranted` counts all days granted so far.
    case instalments([PlanInstalment], daysGranted: Int)
    /// Energy as a service: price per day, money paid so far and days granted so far.
    case service(pricePerDay: Price, paidBefore: Money, daysGranted: Int)
    /// No price: money is kept as credit.
    case none
}
