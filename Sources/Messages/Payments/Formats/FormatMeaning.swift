/// The meaning of a text that matches a format.
package enum FormatMeaning: String, Sendable, CaseIterable {
    case credit, ignore, review, reverse
}
