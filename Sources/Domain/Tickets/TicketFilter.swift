/// Conditions for listing tickets; `nil` means any.
package struct TicketFilter: Sendable {
    package var status: TicketStatus?
    package var category: String?
    package var assignee: PersonID?
    package var customer: CustomerID?
    package var phone: PhoneNumber?
    package var miniGrid: String?

    package init() {}
}
