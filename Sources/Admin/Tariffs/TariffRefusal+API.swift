import Gateway

extension TariffDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noTariff: .notFound
        case .inUse: .wrongState
        default: .notValid
        }
    }
}
