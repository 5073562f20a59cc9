import Messages
import ModemLink
import ModemMessages

/// One step of a USSD session.
package struct USSDView: Codable, Sendable {
    /// `wants_answer`, `ended`, `silent` or `gave_way`.
    package var state: String
    /// The session to continue, if the network wants an answer.
    package var session: Int64?
    /// What the network said last; empty if it said nothing.
    package var text: String
    /// What the network said before that, on its own.
    package var earlier: [String]
    /// The lines as the modem sent them.
    package var lines: [LineView]

    package struct LineView: Codable, Sendable {
        /// `<m>` of 3GPP TS 27.007, 7.15.
        package var state: Int
        package var raw: String
        /// The data coding scheme.
        package var coding: Int?
    }

    init(_ state: String, _ lines: [USSDLine], session: USSDSession.ID? = nil) {
        self.state = state
        self.session = session.map(Int64.init)
        let texts = lines.map { USSDText.decode($0.text, coding: $0.coding) }
        // The network may announce the end of a session after its last text.
        let last = texts.lastIndex { !$0.isEmpty }
        text = last.map { texts[$0] } ?? ""
        earlier = last.map { texts[..<$0].filter { !$0.isEmpty } } ?? []
        self.lines = lines.map {
            LineView(state: $0.state, raw: String(decoding: $0.text, as: UTF8.self), coding: $0.coding)
        }
    }
}
