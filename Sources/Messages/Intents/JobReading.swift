import Domain

/// A contractor's text about a job.
package struct JobReading: Sendable, Hashable {
    package var ticket: Int64?
    /// `nil` unless the text gives exactly one clear answer.
    package var answer: JobAnswer?
    /// The text says little more than yes or no, so it can only answer an offer.
    package var isBare = false
    /// The text says that the work has begun or is late.
    package var isUnderWay = false
}
