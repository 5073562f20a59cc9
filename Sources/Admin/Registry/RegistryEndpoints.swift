import Store
import Domain
import Foundation
import Gateway
import Hummingbird

/// Endpoints for customers and for imports of CSV files.
struct RegistryEndpoints: Sendable {
    let gateway: Gateway

    /// The largest CSV file in bytes: enough for some hundred thousand rows.
    private static let longestFile = 32 * 1024 * 1024

    var all: [Endpoint] {
        [
            .list(
                "/v1/customers", "Customers, ordered by number.",
                query: [.init(name: "search", meaning: "text to find in names, phones, serials and places")]
            ) { try await customers($0) },
            .get("/v1/customers/{id}", "One customer with devices, sales and debts.") { request in
                let id = CustomerID(try request.number())
                return try await gateway.steps.read { step in
                    guard let customer = try step.registry.customer(id) else {
                        throw APIError.notFound("customer \(id)")
                    }
                    return try account(customer, step)
                }
            },
            Endpoint(
                method: .post, path: "/v1/imports/{kind}", summary: "Imports a CSV file: all rows or none.",
                query: [
                    .init(
                        name: "dry_run", meaning: "true to check the file without changing anything", schema: .boolean),
                    .init(name: "again", meaning: "true to import a file that was already imported", schema: .boolean),
                ],
                takes: .init(name: "CSV", schema: .text), takesType: "text/csv", gives: Schema.named(ImportView.self),
                refuses: Schema.named(ImportView.self), answer: { try await importFile($0) }),
        ]
    }

    private func customers(_ request: APIRequest) async throws -> PageView<CustomerView> {
        let (limit, after) = (try request.limit(), try request.cursor())
        let search = request.query("search")
        return try await gateway.steps.read { step in
            let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                try step.registry.customers(after: after ?? 0, search: search, limit: $0)
            }
            return PageView(items: try views(page.rows, step), next: page.next)
        }
    }

    /// A customer with devices, remaining days, sales and debts.
    private func account(_ customer: Customer, _ step: Step) throws -> CustomerView {
        let (company, now) = (step.company, gateway.clock.now)
        let today = company.calendar.today(at: now)
        guard var view = try views([customer], step).first else { throw APIError.notFound("customer \(customer.id)") }
        view.overdue = MoneyView(
            try step.sales.overdue(of: customer.id, but: nil, before: today).map(\.outstanding).sum, company.currency)
        view.accessOpen = MoneyView(try step.accessRates.outstanding(of: customer.id), company.currency)
        view.sales = try SaleView.views(step.sales.sales(of: customer.id), step, today: today)
        view.devices = try step.registry.devices(of: customer.id).map { device in
            var view = DeviceView(device)
            view.daysLeft = device.daysLeft(at: now)
            return view
        }
        return view
    }

    private func views(_ customers: [Customer], _ step: Step) throws -> [CustomerView] {
        let ids = customers.map(\.id)
        let (credits, devices) = (try step.ledger.credits(of: ids), try step.registry.devices(ofAll: ids))
        return customers.map { customer in
            CustomerView(
                id: customer.id.number, name: customer.name, surname: customer.surname,
                phones: customer.phones.map(\.e164), language: customer.language, cluster: customer.cluster,
                miniGrid: customer.miniGrid, village: customer.village, connectionGroup: customer.connectionGroup,
                connectionType: customer.connectionType,
                credit: MoneyView(credits[customer.id] ?? .zero, step.company.currency),
                devices: (devices[customer.id] ?? []).map { DeviceView($0) })
        }
    }

    private func importFile(_ request: APIRequest) async throws -> Response {
        let word = try request.context.parameters.require("kind")
        guard let kind = ImportKind(rawValue: word) else {
            throw APIError.badRequest(
                "'\(word)' cannot be imported; known kinds: \(ImportKind.allCases.map(\.rawValue).joined(separator: ", "))"
            )
        }
        let dryRun = try request.flag("dry_run") ?? false
        let again = try request.flag("again") ?? false
        var http = request.http
        let body = try await http.collectBody(upTo: Self.longestFile)
        guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
            throw APIError.badRequest("the file is not UTF-8 text")
        }
        let changes = Changes(gateway: gateway)
        let asked = try await changes.request(request, "import", Data(body.readableBytesView))
        if let earlier = try await gateway.steps.read({ try changes.earlier(asked, $0) }) {
            return Changes.response(earlier)
        }
        // In a separate task, so that a client that disconnects does not cancel the import.
        let result = try await Task {
            try await RegistryImport(gateway).run(kind, text, dryRun: dryRun, again: again, uid: asked.peer.uid) {
                step, result in
                try changes.keep(try JSONBody.data(ImportView(result)), .ok, of: asked, step)
            }
        }.value
        return try JSONBody.response(ImportView(result), status: result.bad.isEmpty ? .ok : .unprocessableContent)
    }
}
