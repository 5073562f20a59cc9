/// The colours of a category in terminal output.
package enum CategoryColour: String, Sendable, CaseIterable {
    case red, yellow, green, cyan, blue, magenta, white
}
