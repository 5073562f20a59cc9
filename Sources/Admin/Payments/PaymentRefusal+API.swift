import Gateway

extension PaymentOperations.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .noPayment: .notFound
        case .wrongState, .onTheWire, .noRequest, .noToken, .tokenWasSent, .sameDevice: .wrongState
        case .noDevice, .cannotServe, .badToken, .tokenOfAnother, .nobodyToSendTo: .notValid
        }
    }
}
