/// The state of a payment.
package enum PaymentState: String, Codable, Sendable, CaseIterable {
    /// Read from a notice and not decided: it waits a limited time for a text that proves it.
    case received
    /// A check failed: staff decide. It has no ledger entries.
    case held
    /// Accepted for an unknown device.
    case suspense
    /// Accepted, not allocated yet. Exists only inside a transaction.
    case accepted
    /// Allocated in the ledger, token not made yet. For native tokens it exists only inside a transaction.
    case allocated
    /// The token was requested from a vendor.
    case tokenPending = "token_pending"
    case completed
    case rejected
    case refunded
    case reversed

    /// Whether its money is credited to somebody.
    package var isCredited: Bool {
        switch self {
        case .suspense, .accepted, .allocated, .tokenPending, .completed: true
        case .received, .held, .rejected, .refunded, .reversed: false
        }
    }

    /// The states that may follow this one. A payment allocated to the wrong device returns to suspense.
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
