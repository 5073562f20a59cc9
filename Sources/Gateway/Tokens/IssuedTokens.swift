import Domain
import Store

/// Keeps tokens that were made, with everything that must be true together with them.
struct IssuedTokens {
    private let step: Step

    init(_ step: Step) { self.step = step }

    /// The token, its device's counter, the days that it covers, and the clock by which it was made.
    @discardableResult
    func keep(_ token: IssuedToken, _ worth: TokenWorth?, of device: Device) throws -> TokenID {
        let id = try step.tokens.insert(token)
        if let identifier = token.identifier {
            if token.baseDate == 0 {
                try step.registry.setCount(Int(identifier), of: device.id)
            } else {
                try step.registry.setLastIdentifier(identifier, of: device.id)
            }
        }
        try cover(worth, device)
        if try step.clock.fault(at: step.now) == nil { try step.clock.see(step.now) }
        return id
    }

    /// Days begin where the last ones end.
    private func cover(_ worth: TokenWorth?, _ device: Device) throws {
        switch worth {
        case .days(let days):
            let start = max(step.now, device.coveredUntil ?? step.now)
            try step.registry.setCovered(
                until: start.adding(.seconds(Int64(days) * 86_400)), of: device.id)
        case .unlock: try step.registry.setCovered(until: nil, of: device.id)
        case .energy, nil: break
        }
    }
}

extension IssuedToken {
    mutating func carry(_ worth: TokenWorth) {
        energy = worth.energy
        days = worth.days
        unlocks = worth.unlocks
    }
}
