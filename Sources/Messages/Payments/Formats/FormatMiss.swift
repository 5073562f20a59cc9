/// The position where a pattern stopped in a text.
struct FormatMiss: Sendable {
    /// The furthest position up to which the text was understood.
    var position: Int
    /// The steps of the pattern that did not match there.
    var steps: [Int]
}
