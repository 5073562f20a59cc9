import Gateway

extension WalletOperations.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noFormats, .noSMSC: .notFound
        case .notInUse, .isListed: .wrongState
        case .whichModem, .cannotRead: .notValid
        }
    }
}
