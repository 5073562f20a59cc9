/// A set of characters that a step can begin with.
struct FirstSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0
    /// Contains every character and the end of the text.
    private var isAnything = false

    static let anything: FirstSet = {
        var set = FirstSet()
        set.isAnything = true
        return set
    }()

    init() {}

    init(_ shape: FormatField.Shape) {
        switch shape {
        case .date, .time, .digits: insertDigits()
        case .phone:
            insertDigits()
            for mark in "+*x".unicodeScalars { insert(mark) }
        case .identifier, .amount, .text, .letters, .code, .sentence, .tail: isAnything = true
        }
    }

    mutating func insert(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0..<64: low |= 1 << UInt64(scalar.value)
        case 64..<128: high |= 1 << UInt64(scalar.value - 64)
        default: isAnything = true
        }
    }

    private mutating func insertDigits() {
        for value in UInt8(0x30)...0x39 { insert(Unicode.Scalar(value)) }
    }

    mutating func formUnion(_ other: FirstSet) {
        low |= other.low
        high |= other.high
        isAnything = isAnything || other.isAnything
    }

    /// `nil` at the end of the text.
    @inline(__always)
    func contains(_ scalar: Unicode.Scalar?) -> Bool {
        if isAnything { return true }
        guard let value = scalar?.value, value < 128 else { return false }
        return value < 64 ? low & (1 << UInt64(value)) != 0 : high & (1 << UInt64(value - 64)) != 0
    }
}
