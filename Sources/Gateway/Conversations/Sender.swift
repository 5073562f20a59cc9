import Store
import Domain

/// The people who use a phone, by role.
struct Sender: Sendable {
    let phone: PhoneNumber
    var contractor: Person?
    var staff: Person?
    /// The customers; several if people share the phone.
    var customers: [Customer]

    init(_ phone: PhoneNumber, _ step: Step) throws {
        self.phone = phone
        contractor = try step.people.person(.contractor, phone: phone)
        staff = try step.people.person(.staff, phone: phone)
        customers = try step.registry.customers(phone: phone)
    }

    /// The customer if the phone belongs to exactly one.
    var onlyCustomer: Customer? { customers.count == 1 ? customers[0] : nil }

    /// The name shown to staff.
    var name: String? {
        customers.isEmpty ? contractor?.name ?? staff?.name : customers.map(\.fullName).joined(separator: " / ")
    }
}
