import Domain

/// A checked row of a customers file.
package struct StagedCustomer: Sendable {
    /// The customer that the row's device belongs to.
    package enum Owner: Sendable, Hashable {
        /// A new customer, by a number within the file.
        case new(Int64)
        /// A new customer of an earlier row.
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
    /// The due date of a meter's first access rate; `nil` if its tariff has none.
    package var accessFrom: CalendarDate?
    /// The price per day of a service plan; `nil` if the device has none.
    package var pricePerDay: Price?

    package init(line: Int, owner: Owner, customer: Customer, device: Device) {
        self.line = line
        self.owner = owner
        self.customer = customer
        self.device = device
    }
}
