import Foundation
import ModemMessages

/// What modem processes said and nobody handled yet. Whoever adds to a full queue waits, so that a process that says more
/// than can be handled is not read any more.
final class EventQueue: @unchecked Sendable {
    // A condition of Foundation, for the waiting is done by threads of their own; all state is behind it.
    private let condition = NSCondition()
    private let capacity: Int
    private var events: [ModemEvent] = []

    init(capacity: Int) { self.capacity = capacity }

    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return events.count
    }

    /// Adds an event as soon as there is room. `false` when `isOver` says that there is no need any more; after a change of
    /// what it says, `wake` must be called.
    func add(_ event: ModemEvent, unless isOver: () -> Bool) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        while events.count >= capacity {
            if isOver() { return false }
            condition.wait()
        }
        events.append(event)
        return true
    }

    /// Everything that waits.
    func takeAll() -> [ModemEvent] {
        condition.lock()
        defer { condition.unlock() }
        defer { events = [] }
        condition.broadcast()
        return events
    }

    /// Whoever waits for room looks again whether that is still wanted.
    func wake() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }
}
