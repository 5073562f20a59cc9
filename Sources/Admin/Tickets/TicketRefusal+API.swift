import Gateway

extension TicketDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noTicket: .notFound
        case .closedAlready, .openAlready, .isJob: .wrongState
        case .categoryExists: .conflict
        case .nobodyToWriteTo, .empty, .tooLong: .notValid
        }
    }
}
