import Domain
import Store

/// Who writes from a phone, in the order in which a text is offered to them.
struct Sender: Sendable {
    let phone: PhoneNumber
    var contractor: Person?
    var staff: Person?
    /// Several, when people share the phone.
    var customers: [Customer]

    init(_ phone: PhoneNumber, _ step: Step) throws {
        self.phone = phone
        contractor = try step.people.person(.contractor, phone: phone)
        staff = try step.people.person(.staff, phone: phone)
        customers = try step.registry.customers(phone: phone)
    }

    /// The customer, when there is no doubt who it is.
    var onlyCustomer: Customer? { customers.count == 1 ? customers[0] : nil }

    /// How staff know the writer.
    var name: String? {
        customers.isEmpty ? contractor?.name ?? staff?.name : customers.map(\.fullName).joined(separator: " / ")
    }
}
