import Store
import Domain
import Logging

/// Records items before they are processed, and keeps poison items from crashing the daemon again and again.
///
/// An item that was begun twice without being finished is first rehearsed in a separate process. Power cuts and kills
/// also leave unfinished items, so only an item that stops the rehearsal is set aside.
struct PoisonGuard: Sendable {
    /// Number of times an item may be begun before it is rehearsed.
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

    /// Records that an item is about to be processed. Returns `false` if the item has crashed the process before and
    /// must be skipped.
    func mayBegin(_ item: WorkItem) async throws -> Bool {
        let now = clock.now
        let times = try await steps.perform(at: now) { try $0.workItems.begin(item, at: now) }
        return await isHarmless(item, begun: times)
    }

    /// Whether an item that was begun this many times, including now, may be processed.
    func isHarmless(_ item: WorkItem, begun times: Int) async -> Bool {
        guard times > Self.trusted, let rehearsing = rehearsing else { return true }
        let passes = await rehearsing.passes(item)
        logger.log(
            level: passes ? .notice : .critical,
            passes
                ? "An item that was not finished twice passed its rehearsal and is processed."
                : "An item crashes or blocks the program; it is set aside.",
            metadata: ["queue": "\(item.queue.rawValue)", "item": "\(item.item)", "times": "\(times)"])
        return passes
    }

    /// The reason shown to staff and in the log for an item that was set aside.
    static let reason = "it crashed or blocked the program each time; it was set aside"
}
