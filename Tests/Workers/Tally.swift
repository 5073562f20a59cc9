import Synchronization

/// A counter shared by several tasks.
final class Tally: Sendable {
    private let number: Mutex<Int>

    init(_ number: Int = 0) { self.number = Mutex(number) }

    var value: Int { number.withLock { $0 } }
    func set(_ value: Int) { number.withLock { $0 = value } }

    @discardableResult
    func add(_ count: Int = 1) -> Int {
        number.withLock { number in
            number += count
            return number
        }
    }
}
