/// The intents and values read from a person's text.
package struct PersonReading: Sendable, Hashable {
    /// The strongest first; `unclear` or `empty` if no intent was found.
    package var intents: [Intent]
    /// The language of the recognised words.
    package var language: String?
    package var slots = Slots()
    /// What the text says about an open ticket.
    package var reply: TicketReply?
    /// The phrases that led to this reading.
    package var because: [String] = []

    package struct Slots: Sendable, Hashable {
        /// `#12`, "ticket 12". A number too large for Int64 becomes the largest one, which no ticket has.
        package var ticket: Int64?
        /// Words that may be a serial, as typed.
        package var meters: [String] = []
        package var scope: OutageScope?
        package var languageTo: String?
        package var token: String?
        package var error: String?
        /// The amount paid, as a plain number.
        package var amount: String?
        /// A wallet's transaction id, as typed.
        package var transaction: String?

        package init() {}
    }

    /// Whether a number in the text may be an amount paid.
    package var speaksOfMoney: Bool {
        !Set(intents).isDisjoint(with: [.paymentClaim, .refundRequest, .wrongMeter, .complaint, .unclear, .ticketReply])
    }

    package var intent: Intent { intents.first ?? .unclear }
}
