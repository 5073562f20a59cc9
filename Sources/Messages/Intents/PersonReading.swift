import Domain

/// What a person's text asks for, and what it names.
package struct PersonReading: Sendable, Hashable {
    /// The strongest first; one of `unclear` and `empty` when there is none.
    package var intents: [Intent]
    /// The language of the words that were known.
    package var language: String?
    package var slots = Slots()
    /// What it says of an open ticket.
    package var reply: TicketReply?
    /// The phrases by which it was read.
    package var because: [String] = []

    package struct Slots: Sendable, Hashable {
        /// `#12`, "ticket 12"; a number that no ticket has when it is too large to be one.
        package var ticket: Int64?
        /// Digits and letters that may be a serial, as typed.
        package var meters: [String] = []
        package var scope: OutageScope?
        package var languageTo: String?
        package var token: String?
        package var error: String?
        /// What was paid, as a plain number.
        package var amount: String?
        /// A wallet's id, as typed.
        package var transaction: String?

        package init() {}
    }

    /// Whether a number in it may be what was paid.
    package var speaksOfMoney: Bool {
        !Set(intents).isDisjoint(with: [.paymentClaim, .refundRequest, .wrongMeter, .complaint, .unclear, .ticketReply])
    }

    package var intent: Intent { intents.first ?? .unclear }
}

/// What a contractor's text says of a job.
package struct JobReading: Sendable, Hashable {
    package var ticket: Int64?
    /// `nil` for anything that is not clearly one answer.
    package var answer: JobAnswer?
    /// A yes or a no and hardly more: it answers an offer, and nothing else.
    package var isBare = false
    /// It tells that the work is begun, or late.
    package var isUnderWay = false
}

/// What a member of staff orders.
package enum StaffOrder: Sendable, Hashable {
    /// `#12 text`
    case say(ticket: Int64, text: String)
    /// `CLOSE #12 reason`
    case close(ticket: Int64, reason: String?)
    /// `REOPEN #12`
    case reopen(ticket: Int64)
    case status
}
