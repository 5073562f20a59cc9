import Domain
import Store

/// Finds the next message that a modem sends: tokens first, broadcasts last.
struct NextMessage {
    let planner: SendingPlanner
    /// The classes of broadcasts that may be sent at this time of the day.
    let broadcasts: [BroadcastClass]

    /// The classes sent after tokens and before broadcasts.
    private static let others: [MessageClass] = [.answer, .job, .reminder]

    /// Claims the next message for the modem; `nil` if there is none.
    /// - Throws: `StoreError`.
    func claim(_ step: Step) throws -> SendingClaim? {
        guard planner.rest == nil, let next = try find(step), let message = try step.outbox.message(next.id) else {
            return nil
        }
        guard message.expiresAt > step.now else {
            _ = try step.outbox.expire(at: step.now)
            return try claim(step)
        }
        return try SendingClaim(message, modem: planner.lane.name, step)
    }

    private func find(_ step: Step) throws -> OutboxRecords.Candidate? {
        let outbox = step.outbox
        if let token = try outbox.due([.token], at: step.now, limit: planner.window)
            .first(where: { planner.takes($0, .tokens) })
        {
            return token
        }
        if planner.lane.mayUse(.others),
            let other = try outbox.due(Self.others, at: step.now, limit: planner.window)
                .first(where: { planner.takes($0, .others) })
        {
            return other
        }
        guard planner.lane.mayUse(.broadcasts) else { return nil }
        return try outbox.dueBroadcast(broadcasts, at: step.now, limit: planner.window) {
            planner.takes($0, .broadcasts)
        }
    }
}
