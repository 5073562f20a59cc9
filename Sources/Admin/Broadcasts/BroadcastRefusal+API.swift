import Gateway

extension BroadcastRefusal: GatewayRefusal {
    var kind: RefusalKind { .notValid }
}
