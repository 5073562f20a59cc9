/// Where a payment stands.
package enum PaymentState: String, Codable, Sendable, CaseIterable {
    /// Read from a confirmation; nothing is decided. It waits for a text that proves it, for a bounded time.
    case received
    /// A check did not hold: a person decides. No entries in the books.
    case held
    /// Accepted, but nobody knows for which device.
    case suspense
    /// Money is ours, its use is not yet computed. Only seen inside a transaction.
    case accepted
    /// Its use is in the books; the token is not made yet. Only seen inside a transaction for native tokens.
    case allocated
    /// The token was asked for outside the house.
    case tokenPending = "token_pending"
    case completed
    case rejected
    case refunded
    case reversed

    /// The states that may follow this one. Money that was used for the wrong device goes back into suspense.
    package var next: Set<PaymentState> {
        switch self {
        case .received: [.held, .suspense, .accepted, .rejected, .reversed]
        case .held: [.accepted, .suspense, .rejected, .reversed]
        case .suspense: [.accepted, .refunded, .reversed]
        case .accepted: [.allocated, .reversed]
        case .allocated: [.tokenPending, .completed, .reversed]
        case .tokenPending: [.completed, .suspense, .reversed]
        case .completed: [.suspense, .reversed]
        case .rejected, .refunded, .reversed: []
        }
    }
}
