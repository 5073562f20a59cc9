import Store
import HTTPTypes
import Domain
import Gateway

/// Endpoints for tariffs.
struct TariffEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] {
        let desk = TariffDesk(gateway)
        return [
            .get("/v1/tariffs", "Tariffs, ordered by name.") { _ in
                let currency = gateway.company.currency
                return try await gateway.steps.read { step in
                    let all = try step.tariffs.all()
                    return PageView(
                        items: try all.map { TariffView($0, try step.tariffs.users(of: $0), currency) },
                        next: nil)
                }
            },
            .change(
                .patch, "/v1/tariffs/{name}",
                "Changes a tariff: its price from the next purchase, its access rate from the next due date.",
                takes: TariffBody.self
            ) { request, body in
                let name = try request.name()
                return { change in
                    try change.requireClock()
                    let tariff = try self.change(try desk.tariff(name, change.step), body)
                    try desk.change(tariff, change.step)
                    return TariffView(
                        tariff, try change.step.tariffs.users(of: tariff), gateway.company.currency)
                }
            },
            .change(.delete, "/v1/tariffs/{name}", "Deletes a tariff that no meter uses.", takes: EmptyBody.self) {
                request, _ in
                let name = try request.name()
                return { change in
                    try desk.delete(name, change.step)
                    return EmptyBody()
                }
            },
        ]
    }

    private func change(_ tariff: Tariff, _ body: TariffBody) throws -> Tariff {
        var tariff = tariff
        let currency = gateway.company.currency
        if let price = body.pricePerKwh { tariff.basePrice = try APIRequest.price("price_per_kwh", price) }
        if let components = body.components {
            tariff.components = try components.map { component in
                .init(
                    name: try APIRequest.line("components.name", component.name, upTo: 60),
                    price: try APIRequest.price("components.price", component.price))
            }
            guard Set(tariff.components.map(\.name)).count == tariff.components.count else {
                throw APIError.badRequest("two components have the same name")
            }
        }
        if let rate = body.accessRate { tariff.accessRate = try APIRequest.money("access_rate", rate, currency) }
        if let days = body.accessPeriodDays {
            tariff.accessPeriodDays = try APIRequest.whole("access_period_days", days, 0...3_660)
        }
        if !tariff.accessRate.isPositive { tariff.accessPeriodDays = 0 }
        if let minimum = body.minimumPurchase {
            tariff.minimumPurchase = try APIRequest.money("minimum_purchase", minimum, currency)
        }
        return tariff
    }
}
