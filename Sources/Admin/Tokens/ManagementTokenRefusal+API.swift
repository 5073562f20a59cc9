import Gateway

extension ManagementTokens.Refusal: GatewayRefusal {
    var reasons: [String] { [description] }
    var kind: RefusalKind {
        switch self {
        case .keyChangeOpen, .noKeyChange: .wrongState
        case .token, .nobodyToSendTo: .notValid
        }
    }
}
