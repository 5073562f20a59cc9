import NIOConcurrencyHelpers

/// A counter shared by several tasks.
final class Tally: Sendable {
    private let number: NIOLockedValueBox<Int>

    init(_ number: Int = 0) { self.number = NIOLockedValueBox(number) }

    var value: Int { number.withLockedValue { $0 } }
    func set(_ value: Int) { number.withLockedValue { $0 = value } }

    @discardableResult
    func add(_ count: Int = 1) -> Int {
        number.withLockedValue { number in
            number += count
            return number
        }
    }
}
