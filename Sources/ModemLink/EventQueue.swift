import Foundation
import ModemMessages

/// A bounded queue of events from modem processes. A thread that adds to a full queue blocks, so that a process that
/// sends more than can be handled is not read.
///
/// `@unchecked Sendable`: every access to the stored state is made while `condition` is locked.
final class EventQueue: @unchecked Sendable {
    // Foundation's condition, because dedicated threads wait on it. It protects all state.
    private let condition = NSCondition()
    private let capacity: Int
    private var events: [ModemEvent] = []

    init(capacity: Int) { self.capacity = capacity }

    var count: Int {
        condition.lock()
        defer { condition.unlock() }
        return events.count
    }

    /// Adds an event, and blocks while the queue is full. Returns `false` if `isOver` becomes true meanwhile; `wake`
    /// must be called after its value changes.
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

    /// Removes and returns all events.
    func takeAll() -> [ModemEvent] {
        condition.lock()
        defer { condition.unlock() }
        defer { events = [] }
        condition.broadcast()
        return events
    }

    /// Wakes the threads that wait for room, so that they evaluate `isOver` again.
    func wake() {
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }
}
