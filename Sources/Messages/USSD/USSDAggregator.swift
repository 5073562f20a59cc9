/// How one aggregator of USSD writes its requests and wants its answers, as data of `ussd/aggregators/`.
package struct USSDAggregator: Sendable {
    package enum Body: String, Sendable, CaseIterable { case form, json, query }
    /// What the input field holds: all inputs of the session joined, or the last one.
    package enum InputKind: String, Sendable, CaseIterable { case path, last }

    package let name: String
    package let body: Body
    package let session: [String]
    package let phone: [String]
    package let input: [String]
    package let network: [String]
    /// The field that numbers the requests of a session, if there is one.
    package let request: [String]
    package let inputKind: InputKind
    /// The field that tells first requests, inputs and ends apart, and its values; without one, an unknown session begins.
    package let event: [String]
    package let begins: [String]
    package let ends: [String]
    /// The last part of the path tells it instead of a field.
    package let isEventInPath: Bool
    /// The longest screen in septets.
    package let longest: Int
    package let answerType: String
    /// The answer, with `{text}` and, in JSON, the request's fields; see the shipped files.
    package let answer: String
    package let goesOn: String
    package let isOver: String

    package var isJSON: Bool { answerType.contains("json") }
}
