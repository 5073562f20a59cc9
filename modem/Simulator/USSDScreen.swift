import Messages

/// What the simulated network says by USSD at one step.
package struct USSDScreen: Sendable {
    /// How the modem writes the text.
    package enum Coding: Sendable, CaseIterable {
        /// In the character set that the host has chosen, with scheme 15.
        case chosen
        /// The text itself, whatever the host has chosen.
        case plain
        /// Hexadecimal digits of packed septets.
        case packed
        /// Hexadecimal digits, an octet a character.
        case octets
        /// Hexadecimal digits of UTF-16, with scheme 72.
        case ucs2
        /// The same, labelled as if it was GSM's alphabet.
        case mislabelled
    }

    package var text: String
    /// `<m>` of 3GPP TS 27.007, 7.15: 0 is the end, 1 wants an answer.
    package var state: Int
    package var coding: Coding
    /// Shown before it, on the network's own account.
    package var before: [Self]

    package init(_ text: String, state: Int = 0, coding: Coding = .chosen, before: [Self] = []) {
        self.text = text
        self.state = state
        self.coding = coding
        self.before = before
    }

    /// What follows `+CUSD: `.
    func line(_ characterSet: String) -> String {
        guard !text.isEmpty else { return "\(state)" }
        switch coding {
        case .chosen: return "\(state),\"\(USSDCoding.written(text, characterSet))\",15"
        case .plain: return "\(state),\"\(text)\",15"
        case .packed: return "\(state),\"\(USSDCoding.packed(text))\",15"
        case .octets: return "\(state),\"\(ATDialogue.hex(GSMAlphabet.septets(of: text) ?? []))\",15"
        case .ucs2: return "\(state),\"\(USSDCoding.written(text, "UCS2"))\",72"
        case .mislabelled: return "\(state),\"\(USSDCoding.written(text, "UCS2"))\",15"
        }
    }
}
