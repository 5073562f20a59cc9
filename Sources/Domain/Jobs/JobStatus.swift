/// The status of a maintenance job.
package enum JobStatus: String, Codable, Sendable, CaseIterable {
    /// Offered to the contractor, who has not answered.
    case offered
    case accepted
    case declined
    /// Reported done by the contractor; staff have not confirmed it.
    case done
    /// Confirmed by staff: the price is owed to the contractor.
    case confirmed
    case cancelled

    /// The status after the contractor's answer; `nil` if the current status does not allow the answer.
    package func after(_ answer: JobAnswer) -> JobStatus? {
        switch (self, answer) {
        case (.offered, .accepted), (.accepted, .accepted), (.declined, .accepted): .accepted
        case (.offered, .declined), (.accepted, .declined), (.declined, .declined): .declined
        case (.offered, .done), (.accepted, .done), (.done, .done): .done
        default: nil
        }
    }

    /// Whether the job is neither confirmed nor cancelled.
    package var isOpen: Bool { self != .confirmed && self != .cancelled }
}
