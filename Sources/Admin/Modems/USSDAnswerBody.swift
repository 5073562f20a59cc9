/// An answer to a USSD menu.
package struct USSDAnswerBody: Codable, Sendable {
    package var answer: String
    package var seconds: Int?

    package init(answer: String, seconds: Int?) {
        self.answer = answer
        self.seconds = seconds
    }
}
