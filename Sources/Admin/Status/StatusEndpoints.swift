import HTTPTypes
import Messages
import Domain
import Gateway
import ModemLink
import ModemMessages
import Store

/// Endpoints for the daemon's status, the audit proofs, the clock and the audit log.
struct StatusEndpoints: Sendable {
    let gateway: Gateway
    let version: String
    let startedAt: Timestamp

    var all: [Endpoint] {
        [
            .get("/v1/status", "The state of the daemon, its modems and its queues.") { _ in try await status() },
            .get("/v1/audit", "The proofs that the database is consistent, and what they found.") { _ in
                try await audit()
            },
            .change(
                .post, "/v1/clock/accept", "Accepts the machine's clock as right.",
                takes: EmptyBody.self
            ) { _, _ in
                { change in
                    try ClockWatch(gateway).accept(change.step)
                    return EmptyBody()
                }
            },
            .list("/v1/audit-log", "The audit log: what users changed, newest first.") { request in
                let (limit, before) = (try request.limit(), try request.cursor())
                return try await gateway.steps.read { step in
                    let page = try PageRows(limit, cursor: { "\($0.id)" }) {
                        try step.auditLog.entries(before: before, limit: $0)
                    }
                    return PageView(
                        items: page.rows.map {
                            AuditLogEntryView(
                                id: $0.id, at: $0.at.rfc3339, uid: $0.uid.map(Int64.init), action: $0.action,
                                detail: $0.detail)
                        }, next: page.next)
                }
            },
        ]
    }

    private func status() async throws -> StatusView {
        let now = gateway.clock.now
        let clock = try await gateway.steps.read { try $0.clock.fault(at: now) }
        let counts = try await gateway.steps.read { step in
            (
                try step.registry.counts(), try step.payments.counts(), try step.inbox.counts(),
                try step.outbox.counts(), try step.tickets.openCount(),
                try WalletWatch(gateway).concerns(step)
            )
        }
        return StatusView(
            company: gateway.company.name, version: version, time: now.rfc3339, clock: clock.map { "\($0)" },
            startedAt: startedAt.rfc3339, customers: counts.0.customers, devices: counts.0.devices, payments: counts.1,
            inbox: counts.2, outbox: counts.3, openTickets: counts.4,
            modems: gateway.modems.links.map(StatusView.ModemView.init),
            walletsInUse: gateway.library.reader.providers.map(\.id),
            concerns: counts.5 + ModemConcerns.all(gateway.modems.links))
    }

    private func audit() async throws -> AuditView {
        let findings = try await gateway.steps.read { try $0.audit.findings() }
        return AuditView(
            clean: findings.isEmpty, proofs: AuditProofs.names,
            findings: findings.map { .init(proof: $0.proof, detail: $0.detail) })
    }
}

extension StatusView.ModemView {
    init(_ link: ModemLink) {
        let condition = link.condition
        let isUnregistered = link.status?.isRegistered == false
        let (reason, identity): (String?, ModemIdentity?) =
            switch condition {
            case .starting: (nil, nil)
            case .ready(let identity): (isUnregistered ? ModemConcerns.unregistered : nil, identity)
            case .down, .needsOperator: (condition.reason, nil)
            }
        let status = link.status
        self.init(
            name: link.name, state: condition.state.rawValue, reason: reason,
            model: identity.map { "\($0.manufacturer) \($0.model)" }, smsc: identity?.smsc,
            signalPercent: status?.signalPercent,
            network: status?.network, registered: status?.isRegistered, storeUsed: status?.storeUsed,
            storeSize: status?.storeSize,
            restarts: link.restarts)
    }
}
