/// What staff order of a job that was offered.
package enum JobOrder: Sendable, Hashable, CaseIterable {
    /// It was done: the price is owed.
    case confirm
    case cancel
    /// Somebody else is asked.
    case reassign

    /// What may follow when staff want the impossible, in words.
    package var wanted: String {
        switch self {
        case .confirm: "confirmed"
        case .cancel: "cancelled"
        case .reassign: "given to somebody else"
        }
    }
}

extension JobStatus {
    /// What an order of staff makes of it; `nil` when it comes too late or too early.
    package func after(_ order: JobOrder) -> JobStatus? {
        switch (self, order) {
        case (.accepted, .confirm), (.done, .confirm): .confirmed
        case (.confirmed, _), (.cancelled, _): nil
        case (_, .cancel): .cancelled
        case (_, .reassign): .offered
        case (.offered, .confirm), (.declined, .confirm): nil
        }
    }
}
