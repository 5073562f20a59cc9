/// Where a maintenance job stands.
package enum JobStatus: String, Codable, Sendable, CaseIterable {
    /// The contractor was asked.
    case offered
    case accepted
    case declined
    /// The contractor says so; staff confirm.
    case done
    /// Staff agree: the price is owed.
    case confirmed
    case cancelled

    /// What the contractor's answer makes of it; `nil` when the answer comes too late or makes no sense any more.
    package func after(_ answer: JobAnswer) -> JobStatus? {
        switch (self, answer) {
        case (.offered, .accepted), (.accepted, .accepted), (.declined, .accepted): .accepted
        case (.offered, .declined), (.accepted, .declined), (.declined, .declined): .declined
        case (.offered, .done), (.accepted, .done), (.done, .done): .done
        default: nil
        }
    }

    /// Whether its end is still open.
    package var isOpen: Bool { self != .confirmed && self != .cancelled }
}
