/// The value of a token: energy, days or a permanent unlock.
package enum TokenWorth: Hashable, Sendable {
    case energy(Energy)
    case days(Int)
    /// The device is paid off and is unlocked permanently.
    case unlock

    package var energy: Energy { if case .energy(let energy) = self { energy } else { Energy(tenths: 0) } }
    package var days: Int { if case .days(let days) = self { days } else { 0 } }
    package var unlocks: Bool { self == .unlock }
}

extension PaymentAllocation {
    /// The value of the token to make; `nil` if the payment needs no token.
    package var worth: TokenWorth? {
        if unlocks { return .unlock }
        if days > 0 { return .days(days) }
        return energy.tenths > 0 ? .energy(energy) : nil
    }
}
