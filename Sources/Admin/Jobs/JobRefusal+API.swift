import Gateway

extension JobDesk.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noJob: .notFound
        case .wrongStatus, .paidAlready, .hasOpenJobs: .wrongState
        case .noContractor, .deadlinePassed: .notValid
        }
    }
}
