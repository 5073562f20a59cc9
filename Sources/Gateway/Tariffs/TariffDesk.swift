import Domain
import Store

/// Changes tariffs. A change applies from the next purchase and the next access rate on.
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
                "the tariff '\(name)' is used by \(count) meters; assign them another one first"
            case .noPrice: "the price per kWh must be more than 0"
            case .rateWithoutPeriod: "an access rate and its period in days must be given together"
            case .notMeter(let serial): "\(serial.text) is not a meter; only meters have a tariff"
            }
        }
    }

    private let company: Company

    package init(_ gateway: Gateway) {
        company = gateway.company
    }

    /// - Throws: `Refusal.noTariff`, and `StoreError`.
    package func tariff(_ name: String, _ step: Step) throws -> Tariff {
        guard let tariff = try step.tariffs.tariff(named: name) else { throw Refusal.noTariff(name) }
        return tariff
    }

    /// - Throws: `Refusal` if the price is zero or a rate has no period, and `StoreError`.
    package func change(_ tariff: Tariff, _ step: Step) throws {
        guard tariff.price.tenThousandths > 0 else { throw Refusal.noPrice }
        guard tariff.accessRate.isPositive == (tariff.accessPeriodDays > 0) else { throw Refusal.rateWithoutPeriod }
        try step.tariffs.update(tariff)
        // Meters that had no access rate owe the first one in one period from now.
        try step.tariffs.setAccess(from: first(of: tariff, step.now), ofMetersWith: tariff)
    }

    /// Deletes a tariff that no meter uses.
    /// - Throws: `Refusal` if the tariff does not exist or is in use, and `StoreError`.
    package func delete(_ name: String, _ step: Step) throws {
        let tariff = try tariff(name, step)
        let users = try step.tariffs.users(of: tariff)
        guard users == 0 else { throw Refusal.inUse(name, users) }
        try step.tariffs.delete(tariff)
    }

    /// Assigns a tariff to a meter. The date of the next access rate is kept.
    /// - Throws: `Refusal` if the device is not a meter or the tariff does not exist, and `StoreError`.
    package func assign(_ name: String, to device: Device, _ step: Step) throws {
        guard device.kind == .meter else { throw Refusal.notMeter(device.serial) }
        let tariff = try tariff(name, step)
        try step.registry.setTariff(name, of: device.id)
        let first = first(of: tariff, step.now)
        let next = try step.accessRates.next(of: device.id)
        try step.accessRates.setNext(first == nil ? nil : next ?? first, of: device.id)
    }

    /// The due date of the first access rate if a meter gets this tariff now; `nil` if the tariff has no access rate.
    package func first(of tariff: Tariff, _ now: Timestamp) -> CalendarDate? {
        guard tariff.accessRate.isPositive else { return nil }
        return company.calendar.today(at: now).adding(days: tariff.accessPeriodDays)
    }
}
