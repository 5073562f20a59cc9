import Domain

/// A row of a customers' file, ready to be registered.
package struct StagedCustomer: Sendable {
    package enum Owner: Sendable, Hashable {
        /// Somebody new, by a number within the file.
        case new(Int64)
        /// Somebody from a row before.
        case staged(Int64)
        case registered(CustomerID)

        var staged: Int64? {
            switch self {
            case .new(let number), .staged(let number): number
            case .registered: nil
            }
        }

        var registered: CustomerID? {
            if case .registered(let id) = self { id } else { nil }
        }
    }

    package var line: Int
    package var owner: Owner
    package var customer: Customer
    package var device: Device
    /// When a meter's first access rate is due, where its tariff has one.
    package var accessFrom: CalendarDate?
    /// Energy as a service.
    package var pricePerDay: Price?

    package init(line: Int, owner: Owner, customer: Customer, device: Device) {
        self.line = line
        self.owner = owner
        self.customer = customer
        self.device = device
    }
}
