/// What an aggregator of USSD sends: one step of a session.
package struct MenuRequest: Sendable, Hashable {
    package enum Input: Sendable, Hashable {
        /// The session begins.
        case begin
        /// The last input alone.
        case last(String)
        /// All inputs of the session in order; none at the beginning.
        case all([String])
        /// The customer has left, or the network has ended the session.
        case end
    }

    package var aggregator: String
    package var session: String
    /// The phone as the aggregator writes it.
    package var phone: String
    package var input: Input
    /// The number of the request in its session, if the aggregator gives one.
    package var number: String?
    /// The longest screen in septets.
    package var longest: Int

    package init(aggregator: String, session: String, phone: String, input: Input, number: String?, longest: Int) {
        self.aggregator = aggregator
        self.session = session
        self.phone = phone
        self.input = input
        self.number = number
        self.longest = longest
    }

    /// The same for a repeated request.
    var fingerprint: String {
        switch input {
        case .begin: "begin"
        case .all(let inputs): "all " + inputs.joined(separator: "*")
        case .last(let input): "last \(number ?? "") \(input)"
        case .end: "end"
        }
    }
}
