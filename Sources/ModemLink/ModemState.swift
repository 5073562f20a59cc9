/// The kinds of a link's condition, as people and the API are told them.
package enum ModemState: String, Sendable, CaseIterable {
    case starting, ready, down
    case needsOperator = "needs_operator"

    /// The states that may follow this one.
    package var next: Set<ModemState> {
        switch self {
        case .starting: [.ready, .down, .needsOperator]
        case .ready: [.down, .needsOperator]
        case .down: [.ready, .needsOperator]
        case .needsOperator: [.ready, .down]
        }
    }
}

extension ModemLink.Condition {
    package var state: ModemState {
        switch self {
        case .starting: .starting
        case .ready: .ready
        case .down: .down
        case .needsOperator: .needsOperator
        }
    }

    /// Why the modem is not available; `nil` if it is, or if it starts.
    package var reason: String? {
        switch self {
        case .starting, .ready: nil
        case .down(let reason), .needsOperator(let reason): reason
        }
    }
}
