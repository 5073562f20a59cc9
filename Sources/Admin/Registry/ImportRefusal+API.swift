import Gateway

extension ImportGate.Busy: GatewayRefusal {
    var kind: RefusalKind { .wrongState }
    var reasons: [String] { [description] }
}
