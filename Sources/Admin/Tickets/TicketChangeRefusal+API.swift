import Gateway

extension TicketChanges.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noCustomer: .notFound
        case .noCategory, .categoryOfJobs, .noStaff, .past: .badRequest
        }
    }
}
