/// How a pattern matches a text.
enum FormatFit: Sendable {
    case none
    case one(FormatCaptures)
    /// Several ways that disagree about money, for example because a payment phrase was written into a name.
    case ambiguous
}
