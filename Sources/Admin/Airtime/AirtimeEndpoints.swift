import Gateway
import Store

/// Endpoints for the airtime of the SIMs.
struct AirtimeEndpoints: Sendable {
    let gateway: Gateway

    private static let newest = 50

    var all: [Endpoint] {
        [
            .get("/v1/airtime", "What the networks said about the SIMs' airtime, newest first.") { _ in
                try await gateway.steps.read { step in
                    PageView(
                        items: try step.airtime.newest(Self.newest).map { AirtimeCheckView($0, step.company) },
                        next: nil)
                }
            },
            .get("/v1/airtime/purchases", "The bundles that were bought automatically, newest first.") { _ in
                try await gateway.steps.read { step in
                    PageView(
                        items: try step.airtime.purchases(Self.newest).map { BundlePurchaseView($0, step.company) },
                        next: nil)
                }
            },
        ]
    }
}
