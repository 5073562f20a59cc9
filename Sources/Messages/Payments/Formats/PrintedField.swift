import Domain

/// A field that a wallet may print in every notice of money received.
package enum PrintedField: String, CaseIterable, Sendable {
    case id, balance, time, reference
}
