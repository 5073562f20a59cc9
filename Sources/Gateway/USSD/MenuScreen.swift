/// The next screen of a USSD session.
package struct MenuScreen: Sendable, Hashable {
    package var text: String
    /// Whether the customer can answer it.
    package var isOpen: Bool

    package init(_ text: String, isOpen: Bool) {
        self.text = text
        self.isOpen = isOpen
    }
}
