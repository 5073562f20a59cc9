/// A decision of staff about a job.
package enum JobOrder: Sendable, Hashable, CaseIterable {
    /// The job was done: the price is owed to the contractor.
    case confirm
    case cancel
    /// The job is offered to another contractor.
    case reassign

    /// The participle for the error text when the job's status does not allow the order.
    package var wanted: String {
        switch self {
        case .confirm: "confirmed"
        case .cancel: "cancelled"
        case .reassign: "reassigned"
        }
    }
}

extension JobStatus {
    /// The status after an order of staff; `nil` if the current status does not allow the order.
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
