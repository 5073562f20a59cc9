import Domain

/// OpenPAYGO Token, version 2.3: codes for a solar home system with a secret key and a counter.
///
/// A code is computed by hashing the device's starting code as many times as its count. The device finds it by
/// computing the same chain. Add-time codes have even counts, all others odd ones.
package struct OpenPAYGO: Sendable {
    package enum Kind: String, Sendable, CaseIterable {
        /// Adds days to the remaining ones; several such codes may be typed in any order.
        case addTime = "add_time"
        /// Sets the days from now, replacing the remaining ones; 0 locks the device.
        case setTime = "set_time"
        /// Unlocks the device permanently.
        case disable = "disable_payg"
        /// Sets the device's count to the server's.
        case counterSync = "counter_sync"
    }

    /// The form of codes that a device's keypad accepts.
    package struct Format: Hashable, Sendable {
        /// The keypad has only the keys 1 to 4.
        package var isRestricted: Bool
        /// Codes have twelve digits, with a value of six digits.
        package var isExtended: Bool

        package init(isRestricted: Bool = false, isExtended: Bool = false) {
            self.isRestricted = isRestricted
            self.isExtended = isExtended
        }

        /// The maximum value of one code.
        package var largestValue: Int64 { isExtended ? 999_999 : 995 }

        var valueSpan: Int64 { isExtended ? 1_000_000 : 1_000 }
        var digits: Int { isExtended ? 12 : 9 }
        var bits: Int { isExtended ? 40 : 30 }
    }

    /// The maximum count. It is limited because a device computes the chain from its start for each code.
    package static let largestCount = 65_535
    package static let largestStart: Int64 = 999_999_999

    private static let reserved: ClosedRange<Int64> = 996...999
    static let disableValue: Int64 = 998
    static let syncValue: Int64 = 999
    /// How many counts ahead of its own a device searches.
    static let reach = 64
    static let syncReach = 100
    /// How many counts behind its own a device still accepts unused add-time codes.
    static let memory = 16

    let key: SecretBytes
    let start: Int64
    package let format: Format

    /// Creates a device. Without a starting code, it is derived from the key, as the standard's tools do.
    ///
    /// - Throws: `TokenError` if the key is not 16 bytes or `start` is out of range.
    package init(key: SecretBytes, start: Int64?, format: Format = Format()) throws(TokenError) {
        self.key = key
        self.format = format
        if let start {
            guard (0...Self.largestStart).contains(start) else {
                throw TokenError(.badValue, "a starting code must be 0 to \(Self.largestStart)")
            }
            self.start = start
        } else {
            let hash = try key.withBytes { bytes throws(TokenError) in try SipHash(key: bytes).hash(bytes) }
            self.start = Self.fold(hash)
        }
    }

    /// The count of the next code of a kind after `count`.
    ///
    /// - Throws: `TokenError` with code `badValue` if `count` is out of range or the counts are used up.
    package static func next(_ kind: Kind, after count: Int) throws(TokenError) -> Int {
        guard (0...largestCount).contains(count) else {
            throw TokenError(.badValue, "a count must be 0 to \(largestCount), not \(count)")
        }
        let isEven = (count + 1).isMultiple(of: 2)
        let next = isEven == (kind == .addTime) ? count + 1 : count + 2
        guard next <= largestCount else {
            throw TokenError(.badValue, "the device's counts are used up; the maximum is \(largestCount)")
        }
        return next
    }

    /// The next code after `count`, and its count. `units` are days times the device's divider; they are used only for
    /// adding and setting time.
    ///
    /// - Throws: `TokenError` if `units` or `count` is out of range, the counts are used up, or OpenSSL fails.
    package func code(_ kind: Kind, units: Int64 = 0, after count: Int) throws(TokenError) -> (
        digits: String, count: Int
    ) {
        let value: Int64
        switch kind {
        case .addTime, .setTime:
            guard (0...format.largestValue).contains(units) else {
                throw TokenError(.badValue, "one code carries 0 to \(format.largestValue) units, not \(units)")
            }
            // The device reads these values as other commands.
            guard kind == .addTime || !(Self.reserved.contains(units)) else {
                throw TokenError(.badValue, "the time cannot be set to \(units) units: \(Self.reserved) are reserved")
            }
            value = units
        case .disable: value = Self.disableValue
        case .counterSync: value = Self.syncValue
        }
        let next = try Self.next(kind, after: count)
        let base = (start % format.valueSpan + value) % format.valueSpan
        var chain = try Chain(key: key, format: format, at: start - start % format.valueSpan + base)
        for _ in 0..<next { try chain.step() }
        return (digits(chain.value - chain.value % format.valueSpan + base), next)
    }

    // MARK: Digits

    func digits(_ token: Int64) -> String {
        guard format.isRestricted else {
            let plain = String(token)
            return String(repeating: "0", count: format.digits - plain.count) + plain
        }
        return stride(from: format.bits - 2, through: 0, by: -2).map { String((token >> $0 & 3) + 1) }.joined()
    }

    func number(_ typed: String) -> Int64? {
        let digits = typed.filter { $0 != " " && $0 != "-" }
        guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        guard format.isRestricted else { return digits.count == format.digits ? Int64(digits) : nil }
        guard digits.count == format.bits / 2 else { return nil }
        return digits.reduce(Int64?(0)) { number, digit in
            guard let number, let value = digit.wholeNumberValue, (1...4).contains(value) else { return nil }
            return number << 2 | Int64(value - 1)
        }
    }

    /// A 64-bit hash reduced to nine digits.
    private static func fold(_ hash: UInt64) -> Int64 {
        let folded = Int64(((hash >> 32) ^ (hash & 0xffff_ffff)) >> 2)
        return folded > 999_999_999 ? folded - 73_741_825 : folded
    }

    /// The hash chain from which codes are taken.
    struct Chain {
        private let hash: SipHash
        private let isExtended: Bool
        private(set) var value: Int64

        init(key: SecretBytes, format: Format, at value: Int64) throws(TokenError) {
            hash = try key.withBytes { bytes throws(TokenError) in try SipHash(key: bytes) }
            isExtended = format.isExtended
            self.value = value
        }

        mutating func step() throws(TokenError) {
            let message = isExtended ? UInt64(value) : UInt64(value) << 32 | UInt64(value)
            let next = try hash.hash((0..<8).map { UInt8(truncatingIfNeeded: message >> (56 - 8 * $0)) })
            if isExtended {
                let folded = Int64(next >> 24)
                value = folded > 999_999_999_999 ? folded - 99_511_627_777 : folded
            } else {
                value = OpenPAYGO.fold(next)
            }
        }
    }
}
