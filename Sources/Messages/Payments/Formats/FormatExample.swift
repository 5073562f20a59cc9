/// A text by which formats are checked.
package struct FormatExample: Sendable {
    package let text: String
    package let means: FormatMeaning
    /// The expected fields, by the names that `gridpost read` uses.
    let fields: [String: String]
    let line: Int?
}
