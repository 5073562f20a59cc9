import Messages
import Domain
import Store
import StrictTOML

/// Plans, stores and controls broadcasts. Their messages go through the outbox, with the lowest priority.
package struct Broadcasts: Sendable {
    private let company: Company
    private let library: CurrentLibrary
    private let modems: Modems
    private let settings: GatewaySettings
    private let steps: StepRunner

    package init(_ gateway: Gateway) {
        company = gateway.company
        library = gateway.library
        modems = gateway.modems
        settings = gateway.settings
        steps = gateway.steps
    }

    // MARK: Planning

    /// Plans all messages of a broadcast. Only reads, and may take long.
    /// - Throws: `BroadcastRefusal` if the order has faults or reaches nobody, and `StoreError`.
    package func plan(_ order: BroadcastOrder) async throws -> BroadcastPlan {
        let (members, optedOut, credits) = try await steps.read { step in
            let faults = try Self.faults(order, library.texts.languages, step)
            guard faults.isEmpty else { throw BroadcastRefusal(reasons: faults) }
            let members = try step.audiences.members(of: order.audience)
            let needsCredit = order.texts.values.contains { (try? BroadcastText($0))?.needsCredit ?? false }
            return (
                members, try step.choices.optedOut(), needsCredit ? try step.audiences.credits() : [:]
            )
        }
        return try BroadcastPlan(
            order, members: members, optedOut: optedOut, credits: credits, company: company)
    }

    /// Faults of the order. Unknown names come with the nearest known name.
    private static func faults(_ order: BroadcastOrder, _ languages: [String], _ step: Step) throws
        -> [String]
    {
        var faults: [String] = []
        if order.audience.isEmpty { faults.append("no audience is given") }
        if order.texts.isEmpty { faults.append("no text is given") }
        for language in order.texts.keys.sorted() where !language.isEmpty && !languages.contains(language) {
            faults.append("there is no language '\(language)'; available: \(languages.joined(separator: ", "))")
        }
        let audience = order.audience
        for (kind, word, names) in [
            (AudienceRecords.NameKind.cluster, "cluster", audience.clusters),
            (.miniGrid, "mini-grid", audience.miniGrids), (.village, "village", audience.villages),
            (.connectionGroup, "connection group", audience.connectionGroups),
            (.connectionType, "connection type", audience.connectionTypes), (.tariff, "tariff", audience.tariffs),
        ] where !names.isEmpty {
            let known = try step.audiences.names(kind)
            for name in names where !known.contains(name) && faults.count < Self.mostFaults {
                let near = NearestWord.hint(name, in: known)
                faults.append("there is no \(word) '\(name)'\(near)")
            }
        }
        for number in audience.customers where try step.registry.customer(CustomerID(number)) == nil {
            faults.append("there is no customer \(number)")
        }
        return faults
    }

    /// The check stops after this many faults.
    private static let mostFaults = 20

    package func estimate(_ plan: BroadcastPlan, at now: Timestamp) -> SendingEstimate {
        let start = max(plan.order.startsAt ?? now, now)
        return SendingEstimate(
            parts: plan.parts, modems: modems.limits, hours: hours(of: plan.order.broadcastClass),
            from: company.calendar.wallTime(at: start).minute ?? 0)
    }

    /// The cost of a number of parts; `nil` if no price per part is configured.
    package func price(_ parts: Int) -> Money? {
        settings.pricePerPart.flatMap { price in
            let (minor, isBeyond) = price.minor.multipliedReportingOverflow(by: Int64(parts))
            return isBeyond ? nil : Money(minor: minor)
        }
    }

    /// The hours in which a class may be sent; `nil` if it may be sent at any hour.
    package func hours(of broadcastClass: BroadcastClass) -> SendingHours? {
        switch broadcastClass {
        case .safety: nil
        case .service: settings.serviceHours
        case .promo: settings.promoHours
        }
    }

    // MARK: Storing

    /// Stores all messages of a broadcast in one step, except to phones that have opted out since it was planned.
    /// - Throws: `StoreError`.
    package func create(_ plan: BroadcastPlan, uid: UInt32?, _ step: Step) throws
        -> BroadcastID
    {
        let startsAt = max(plan.order.startsAt ?? step.now, step.now)
        let expiresAt = startsAt.adding(lifetime(of: plan, at: step.now))
        let optedOut = try step.choices.optedOut()
        let messages = plan.messages.filter { !optedOut.contains($0.phone.e164) }
        let id = try step.broadcasts.insert(
            Broadcast(
                broadcastClass: plan.order.broadcastClass, state: startsAt > step.now ? .scheduled : .running,
                texts: plan.order.texts, audience: plan.order.audience, recipients: messages.count,
                parts: messages.reduce(0) { $0 + $1.parts.count },
                optedOut: plan.optedOut + plan.messages.count - messages.count, startsAt: startsAt, createdAt: step.now),
            uid: uid)
        for message in messages {
            var message = OutboxMessage(
                dedupeKey: "broadcast/\(id)/\(message.phone.e164)", messageClass: .broadcast, recipient: message.phone,
                body: message.text, isUCS2: message.isUCS2, parts: message.parts, now: startsAt)
            message.broadcast = id
            message.expiresAt = expiresAt
            try step.outbox.queue(message, at: step.now)
        }
        return id
    }

    /// How long the messages stay valid: a week, or twice the time the modems need if that is longer.
    private func lifetime(of plan: BroadcastPlan, at now: Timestamp) -> Duration {
        max(MessageClass.broadcast.lifetime, .seconds(120 * (estimate(plan, at: now).minutes ?? 0)))
    }

    // MARK: Control

    package enum Order: String, Sendable, CaseIterable {
        case pause, resume, cancel

        package var outcome: String {
            switch self {
            case .pause: "paused"
            case .resume: "resumed"
            case .cancel: "cancelled"
            }
        }
    }

    /// Pauses, resumes or cancels a broadcast. Returns `false` if its state does not allow this.
    /// - Throws: `StoreError`.
    package func take(_ order: Order, _ id: BroadcastID, _ step: Step) throws -> Bool {
        let records = step.broadcasts
        switch order {
        case .pause: return try records.move(id, from: [.running, .scheduled], to: .paused, at: step.now)
        case .resume:
            let startsAt = try records.broadcast(id)?.startsAt ?? step.now
            guard try records.move(id, from: [.paused], to: startsAt > step.now ? .scheduled : .running, at: step.now)
            else {
                return false
            }
            // The messages must not expire because of the pause.
            try records.prolong(id, until: max(startsAt, step.now).adding(MessageClass.broadcast.lifetime))
            return true
        case .cancel:
            guard try records.move(id, from: [.running, .scheduled, .paused], to: .cancelled, at: step.now) else {
                return false
            }
            try records.cancelWaiting(of: id, at: step.now)
            return true
        }
    }

    /// Starts the broadcasts that are due and ends those with no messages left.
    func keepTime(_ step: Step) throws {
        for broadcast in try step.broadcasts.due(at: step.now) {
            _ = try step.broadcasts.move(broadcast.id, from: [.scheduled], to: .running, at: step.now)
        }
        for broadcast in try step.broadcasts.exhausted() {
            _ = try step.broadcasts.move(broadcast.id, from: [.running], to: .done, at: step.now)
        }
    }

    /// The classes that may be sent at this time.
    func allowed(at now: Timestamp) -> [BroadcastClass] {
        let minute = company.calendar.wallTime(at: now).minute ?? 0
        return BroadcastClass.allCases.filter { hours(of: $0)?.contains(minute: minute) ?? true }
    }
}
