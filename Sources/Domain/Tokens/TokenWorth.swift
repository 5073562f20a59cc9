/// What a token gives its device.
package enum TokenWorth: Hashable, Sendable {
    case energy(Energy)
    case days(Int)
    /// All is paid: open for good.
    case unlock

    package var energy: Energy { if case .energy(let energy) = self { energy } else { Energy(tenths: 0) } }
    package var days: Int { if case .days(let days) = self { days } else { 0 } }
    package var unlocks: Bool { self == .unlock }
}

extension PaymentAllocation {
    /// What the money buys of the device; `nil` when there is nothing to make a token for.
    package var worth: TokenWorth? {
        if unlocks { return .unlock }
        if days > 0 { return .days(days) }
        return energy.tenths > 0 ? .energy(energy) : nil
    }
}
