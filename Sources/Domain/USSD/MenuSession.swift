/// A customer's USSD session at an aggregator.
package struct MenuSession: Sendable, Hashable {
    /// The network ends a session after this time.
    package static let longest = Duration.seconds(180)

    package let aggregator: String
    package let id: String
    package let phone: PhoneNumber
    /// Where in the menus it is, as JSON.
    package var place: String
    /// The inputs so far, joined by asterisks.
    package var path: String
    /// The last request, by which a repeated one is recognized.
    package var request: String
    /// The last answer.
    package var answer: String
    package var isOpen: Bool
    package let begunAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        aggregator: String, id: String, phone: PhoneNumber, place: String, path: String, request: String,
        answer: String, isOpen: Bool, begunAt: Timestamp, updatedAt: Timestamp
    ) {
        self.aggregator = aggregator
        self.id = id
        self.phone = phone
        self.place = place
        self.path = path
        self.request = request
        self.answer = answer
        self.isOpen = isOpen
        self.begunAt = begunAt
        self.updatedAt = updatedAt
    }
}
