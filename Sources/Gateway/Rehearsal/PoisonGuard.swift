import Domain
import Logging
import Store

/// Notes steps before they are begun, and keeps those away from the daemon that stop it.
///
/// A step that was begun and not ended twice is rehearsed by a process of its own first: power cuts and kills leave
/// such steps too, and only what stops the rehearsal is set aside.
struct PoisonGuard: Sendable {
    /// So many times a step may be begun before it is rehearsed.
    private static let trusted = 2

    private let clock: any WallClock
    private let logger: Logger
    private let rehearsing: (any Rehearsing)?
    private let steps: StepRunner

    init(_ gateway: Gateway) {
        clock = gateway.clock
        logger = gateway.logger
        rehearsing = gateway.rehearsing
        steps = gateway.steps
    }

    /// Notes that a step begins; `false` when it must not be done, for it stops whoever does it.
    func mayBegin(_ step: WorkItem) async throws -> Bool {
        let now = clock.now
        let times = try await steps.perform(at: now) { try $0.workItems.begin(step, at: now) }
        return await isHarmless(step, begun: times)
    }

    /// Whether a step that was begun so many times, this time included, may be done.
    func isHarmless(_ step: WorkItem, begun times: Int) async -> Bool {
        guard times > Self.trusted, let rehearsing = rehearsing else { return true }
        let passes = await rehearsing.passes(step)
        logger.log(
            level: passes ? .notice : .critical,
            passes
                ? "A step that did not end twice was rehearsed, and goes on."
                : "A step stops whoever does it; it is set aside.",
            metadata: ["queue": "\(step.queue.rawValue)", "item": "\(step.item)", "times": "\(times)"])
        return passes
    }

    /// What staff and the log read of a step that was set aside.
    static let reason = "it stopped the program each time; it was set aside"
}
