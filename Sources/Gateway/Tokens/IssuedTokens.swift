import Domain
import Store

/// Keeps tokens that were made, with everything that must be true together with them.
struct IssuedTokens {
    private let transaction: Transaction

    init(_ transaction: Transaction) { self.transaction = transaction }

    /// The token, its device's counter, the days that it covers, and the clock by which it was made.
    @discardableResult
    func keep(_ token: IssuedToken, _ worth: TokenWorth?, of device: Device, _ now: Timestamp) throws -> TokenID {
        let id = try transaction.tokens.insert(token)
        if let identifier = token.identifier {
            if token.baseDate == 0 {
                try transaction.registry.setCount(Int(identifier), of: device.id)
            } else {
                try transaction.registry.setLastIdentifier(identifier, of: device.id)
            }
        }
        try cover(worth, device, now)
        if try transaction.clock.fault(at: now) == nil { try transaction.clock.see(now) }
        return id
    }

    /// Days begin where the last ones end.
    private func cover(_ worth: TokenWorth?, _ device: Device, _ now: Timestamp) throws {
        switch worth {
        case .days(let days):
            let start = max(now, device.coveredUntil ?? now)
            try transaction.registry.setCovered(
                until: start.adding(.seconds(Int64(days) * 86_400)), of: device.id)
        case .unlock: try transaction.registry.setCovered(until: nil, of: device.id)
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
