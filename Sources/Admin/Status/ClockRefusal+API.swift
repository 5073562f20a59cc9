import Gateway

extension ClockRefusal: GatewayRefusal {
    var kind: RefusalKind { .wrongState }
    var reasons: [String] { [description] }
}
