/// The decision that a text asks for.
package enum Disposition: String, Codable, Sendable, CaseIterable {
    /// Money was received: a payment.
    case credit
    /// Nothing to do with money received.
    case ignore
    /// A person must look: never a guess.
    case review
    /// An imitation of a provider. Nothing is credited, nobody is answered.
    case quarantine
    /// Money received earlier was taken back.
    case reverse
    /// A person wrote.
    case person
}
