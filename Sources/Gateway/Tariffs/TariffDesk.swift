import Domain
import Store

/// Changes what meters pay: from the next purchase on, and from the next access rate on.
package struct TariffDesk: Sendable {
    package enum Refusal: Error, Sendable, CustomStringConvertible {
        case noTariff(String)
        case inUse(String, Int)
        case noPrice
        case rateWithoutPeriod
        case notMeter(Serial)

        package var description: String {
            switch self {
            case .noTariff(let name): "there is no tariff '\(name)'"
            case .inUse(let name, let count):
                "the tariff '\(name)' is in use by \(count) meters; give them another one first"
            case .noPrice: "the price of a kWh must be more than 0"
            case .rateWithoutPeriod: "an access rate needs its period in days, and a period a rate"
            case .notMeter(let serial): "\(serial.text) is no meter, and only meters have a tariff"
            }
        }
    }

    private let company: Company

    package init(_ gateway: Gateway) {
        company = gateway.company
    }

    package func tariff(_ name: String, _ step: Step) throws -> Tariff {
        guard let tariff = try step.tariffs.tariff(named: name) else { throw Refusal.noTariff(name) }
        return tariff
    }

    package func change(_ tariff: Tariff, _ step: Step) throws {
        guard tariff.price.tenThousandths > 0 else { throw Refusal.noPrice }
        guard tariff.accessRate.isPositive == (tariff.accessPeriodDays > 0) else { throw Refusal.rateWithoutPeriod }
        try step.tariffs.update(tariff)
        // Meters that had no access rate owe the first one a period from now.
        try step.tariffs.setAccess(from: first(of: tariff, step.now), ofMetersWith: tariff)
    }

    package func delete(_ name: String, _ step: Step) throws {
        let tariff = try tariff(name, step)
        let users = try step.tariffs.users(of: tariff)
        guard users == 0 else { throw Refusal.inUse(name, users) }
        try step.tariffs.delete(tariff)
    }

    /// A meter gets another tariff. An access rate that is coming keeps its date.
    package func assign(_ name: String, to device: Device, _ step: Step) throws {
        guard device.kind == .meter else { throw Refusal.notMeter(device.serial) }
        let tariff = try tariff(name, step)
        try step.registry.setTariff(name, of: device.id)
        let first = first(of: tariff, step.now)
        let next = try step.accessRates.next(of: device.id)
        try step.accessRates.setNext(first == nil ? nil : next ?? first, of: device.id)
    }

    /// When the first access rate of a meter is due that gets this tariff now; `nil` when it has none.
    package func first(of tariff: Tariff, _ now: Timestamp) -> CalendarDate? {
        guard tariff.accessRate.isPositive else { return nil }
        return company.calendar.today(at: now).adding(days: tariff.accessPeriodDays)
    }
}
