import Gateway

extension WalletOperations.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noFormats, .noSMSC: .notFound
        case .notInUse, .isListed, .cannotAsk: .wrongState
        case .whichModem, .cannotRead: .notValid
        }
    }
}
