import Gateway

extension PeopleDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .nobody: .notFound
        case .phoneTaken: .conflict
        case .noPhone, .noMiniGrid, .noLanguage: .badRequest
        }
    }
}
