import Domain

/// What a device does with a code.
extension OpenPAYGO {
    package enum Reading: Hashable, Sendable {
        case valid(Kind, units: Int64, count: Int, used: [Int])
        case alreadyUsed
        case invalid
    }

    /// How a device whose last count is `count` reads a code; `used` are the counts that it remembers.
    ///
    /// - Throws: `TokenError` if `count` is out of range, the code has the wrong digits, or OpenSSL fails.
    package func read(_ typed: String, after count: Int, used: [Int]) throws(TokenError) -> Reading {
        guard (0...Self.largestCount).contains(count) else {
            throw TokenError(.badValue, "a count must be 0 to \(Self.largestCount), not \(count)")
        }
        guard let token = number(typed) else {
            throw TokenError(.badToken, "a code has \(format.digits) digits, or \(format.bits / 2) from 1 to 4")
        }
        let base = token % format.valueSpan
        let value = (base - start % format.valueSpan + format.valueSpan) % format.valueSpan
        let isSync = value == Self.syncValue
        var chain = try Chain(key: key, format: format, at: start - start % format.valueSpan + base)
        var wasUsed = false
        for number in 0...(count + (isSync ? Self.syncReach : Self.reach)) {
            if number > 0 { try chain.step() }
            guard chain.value - chain.value % format.valueSpan + base == token else { continue }
            let kind: Kind =
                number.isMultiple(of: 2)
                ? .addTime : isSync ? .counterSync : value == Self.disableValue ? .disable : .setTime
            let isUnusedOld = kind == .addTime && number > count - Self.memory && !used.contains(number)
            if number > count || isUnusedOld {
                return .valid(
                    kind, units: value, count: number, used: Self.remembering(number, kind, after: count, used))
            }
            wasUsed = true
        }
        return wasUsed ? .alreadyUsed : .invalid
    }

    /// The counts that the device remembers after a code: adding time leaves older codes valid, other codes invalidate
    /// them.
    private static func remembering(_ number: Int, _ kind: Kind, after count: Int, _ used: [Int]) -> [Int] {
        let highest = max(number, count)
        return ((highest - memory)...highest).filter { kind != .addTime || $0 == number || used.contains($0) }
    }
}
