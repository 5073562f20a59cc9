import Store
import Domain

/// Stores issued tokens together with the state of their devices.
struct IssuedTokens {
    private let step: Step

    init(_ step: Step) { self.step = step }

    /// Stores the token and updates the counter and covered days of its device and the latest plausible time.
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

    /// Adds days. They start when the days granted before end.
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
