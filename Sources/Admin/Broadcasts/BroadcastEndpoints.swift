import HTTPTypes
import Domain
import Foundation
import Gateway
import Store

/// Endpoints for broadcasts: list, plan, create, pause, resume, cancel, and the deliveries of each.
struct BroadcastEndpoints: Sendable {
    let gateway: Gateway

    var all: [Endpoint] { reading + making + steering }

    private var reading: [Endpoint] {
        [
            .list(
                "/v1/broadcasts", "Broadcasts, newest first.",
                query: [
                    .init(name: "state", meaning: "only those of this state", schema: .words(of: BroadcastState.self))
                ]
            ) { request in
                let (limit, before) = (try request.limit(), try request.cursor())
                let state = try request.choice("state", BroadcastState.self)
                return try await gateway.steps.read { step in
                    let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                        try step.broadcasts.broadcasts(before: before, state: state, limit: $0)
                    }
                    return PageView(
                        items: try page.rows.map { try BroadcastView($0, step, gateway) }, next: page.next)
                }
            },
            .get("/v1/broadcasts/{id}", "One broadcast with its message counts.") { request in
                let id = BroadcastID(try request.number())
                return try await gateway.steps.read { try view(id, $0) }
            },
            .list(
                "/v1/broadcasts/{id}/deliveries", "Every phone of a broadcast with the state of its message.",
                cursor: .deliveryCursor
            ) {
                try await deliveries($0)
            },
        ]
    }

    private var making: [Endpoint] {
        [
            // Changes nothing, but is a POST request because its text can be long.
            .change(
                .post, "/v1/broadcasts/plan", "Plans a broadcast without creating it.",
                takes: BroadcastBody.self, isChange: false
            ) { _, body in
                let plan = try await Broadcasts(gateway).plan(try order(body))
                return { _ in BroadcastPlanView(plan, gateway) }
            },
            .change(
                .post, "/v1/broadcasts", "Creates a broadcast and queues all its messages in one transaction.",
                takes: BroadcastBody.self, status: .created
            ) { _, body in
                let broadcasts = Broadcasts(gateway)
                let plan = try await broadcasts.plan(try order(body))
                return { change in
                    try change.requireClock()
                    let id = try broadcasts.create(plan, uid: change.peer.uid, change.step)
                    return try view(id, change.step)
                }
            },
        ]
    }

    private var steering: [Endpoint] {
        Broadcasts.Order.allCases.map { order in
            .change(
                .post, "/v1/broadcasts/{id}/\(order.rawValue)", "\(order.rawValue.capitalized)s a broadcast.",
                takes: EmptyBody.self
            ) { request, _ in
                let id = BroadcastID(try request.number())
                return { change in
                    let state = try view(id, change.step).state
                    guard try Broadcasts(gateway).take(order, id, change.step) else {
                        throw APIError.conflict("broadcast \(id) is \(state) and cannot be \(order.outcome)")
                    }
                    return try view(id, change.step)
                }
            }
        }
    }

    private func view(_ id: BroadcastID, _ step: Step) throws -> BroadcastView {
        guard let broadcast = try step.broadcasts.broadcast(id) else {
            throw APIError.notFound("broadcast \(id)")
        }
        return try BroadcastView(broadcast, step, gateway)
    }

    private func deliveries(_ request: APIRequest) async throws -> PageView<DeliveryView> {
        let id = BroadcastID(try request.number())
        let limit = try request.limit()
        var place: BroadcastRecords.Place?
        if let cursor = request.query("cursor") {
            let pieces = cursor.split(separator: ":")
            guard pieces.count == 2, let number = Int64(pieces[1]) else {
                throw APIError.badRequest("'cursor' must be the 'next' value of the previous page")
            }
            place = .init(state: String(pieces[0]), message: number)
        }
        let after = place
        return try await gateway.steps.read { step in
            _ = try view(id, step)
            let page = try PageRows(limit, cursor: { "\($0.state.rawValue):\($0.message)" }) {
                try step.broadcasts.deliveries(of: id, after: after, limit: $0)
            }
            return PageView(items: page.rows.map(DeliveryView.init), next: page.next)
        }
    }

    private func order(_ body: BroadcastBody) throws -> BroadcastOrder {
        let wanted = body.audience
        var audience = Audience()
        audience.clusters = wanted.clusters ?? []
        audience.miniGrids = wanted.miniGrids ?? []
        audience.villages = wanted.villages ?? []
        audience.connectionGroups = wanted.groups ?? []
        audience.connectionTypes = wanted.types ?? []
        audience.deviceKinds = try (wanted.deviceKinds ?? []).map {
            try APIRequest.choice("device_kinds", $0, DeviceKind.self)
        }
        audience.tariffs = wanted.tariffs ?? []
        audience.customers = wanted.customers ?? []
        audience.contractors = wanted.contractors ?? false
        audience.agents = wanted.agents ?? false
        audience.everybody = wanted.all ?? false
        let named = [
            audience.clusters, audience.miniGrids, audience.villages, audience.connectionGroups,
            audience.connectionTypes, audience.tariffs,
        ].map(\.count).reduce(audience.customers.count, +)
        guard named <= 1_000 else {
            throw APIError.badRequest("an audience can name at most 1000 places, groups and customers")
        }
        var texts: [String: String] = [:]
        for text in body.texts {
            let language = text.language ?? ""
            guard texts.updateValue(try APIRequest.text("texts", text.text), forKey: language) == nil else {
                throw APIError.badRequest(
                    language.isEmpty ? "there are two texts without a language" : "there are two texts in '\(language)'"
                )
            }
        }
        return BroadcastOrder(
            audience: audience, texts: texts,
            broadcastClass: try APIRequest.choice("class", body.class, BroadcastClass.self), startsAt: try time(body.at)
        )
    }

    private func time(_ word: String?) throws -> Timestamp? {
        guard let word else { return nil }
        let local = WallTime(word.replacing(" ", with: "T")).flatMap(gateway.company.calendar.moment(of:))
        guard let moment = Timestamp(rfc3339: word) ?? local else {
            throw APIError.badRequest("'at' must be a time such as 2026-11-30T08:00, not '\(word)'")
        }
        guard moment > gateway.clock.now.adding(.seconds(-60)) else {
            throw APIError.badRequest("'at' is '\(word)', which is in the past")
        }
        return moment
    }
}
