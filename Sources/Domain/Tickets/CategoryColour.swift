/// The colours that a terminal can show.
package enum CategoryColour: String, Sendable, CaseIterable {
    case red, yellow, green, cyan, blue, magenta, white
}
