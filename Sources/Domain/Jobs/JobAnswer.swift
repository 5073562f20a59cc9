/// What a contractor's text says about a job.
package enum JobAnswer: String, Codable, Sendable, CaseIterable {
    case accepted, declined, done
}
