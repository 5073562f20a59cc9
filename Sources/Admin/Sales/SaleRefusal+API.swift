import Gateway

extension SalesDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noSale: .notFound
        case .cancelled, .paidOff, .hasPlan: .wrongState
        default: .notValid
        }
    }
}
