/// A contractor's answer to a job offer, read from an SMS.
package enum JobAnswer: String, Codable, Sendable, CaseIterable {
    case accepted, declined, done
}
