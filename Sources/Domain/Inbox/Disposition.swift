/// The decision on how to handle an inbound text.
package enum Disposition: String, Codable, Sendable, CaseIterable {
    /// Money was received: record a payment.
    case credit
    /// Not about received money.
    case ignore
    /// Unclear: staff must decide.
    case review
    /// A forged provider notice. Nothing is credited and no reply is sent.
    case quarantine
    /// A reversal: money received earlier was taken back.
    case reverse
    /// Written by a person, not by a provider.
    case person
}
