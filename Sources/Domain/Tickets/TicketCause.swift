/// What made the system open a ticket by itself: once for each cause.
package enum TicketCause: Sendable, Hashable {
    /// A payment whose device cannot be served.
    case cannotServe(PaymentID)
    /// A reversal that nothing proves.
    case unprovenReversal(PaymentID)
    /// A reversal whose payment never came.
    case earlyReversal(provider: String, transactionID: String)
    /// A reversal that a person must look at.
    case reversal(PaymentID, ReversalMatter)
    /// A question to a payer that expired.
    case question(QuestionID)
    /// A token that did not reach its customer.
    case lostToken(OutboxMessageID)
    /// A token that is stuck at its vendor: anew each time that it is parked.
    case vendorToken(VendorTokenID, at: Timestamp)
    /// A token for another device's plan that cannot be made.
    case otherDevicePlan(SaleID, PaymentID)
    /// A customer who asks for a token that does not work, once a day.
    case tokenAgain(PhoneNumber, CalendarDate)
    /// Access rates that would be caught up too far, once a month.
    case accessOverdue(year: Int, month: Int)
    /// A clock that cannot be trusted; the latest moment that was seen.
    case clock(Timestamp?)

    package enum ReversalMatter: String, Sendable, CaseIterable {
        case late, amount, debt
    }

    /// The stable name of each cause, as it is stored.
    package enum Code: String, Sendable, CaseIterable {
        case cannotServe = "cannot-serve"
        case unprovenReversal = "reversal-unproven"
        case earlyReversal = "reversal-early"
        case reversal
        case question
        case lostToken = "token-lost"
        case vendorToken = "token-request"
        case otherDevicePlan = "plan-token"
        case tokenAgain = "token-again"
        case accessOverdue = "access-overdue"
        case clock
    }

    package var code: Code {
        switch self {
        case .cannotServe: .cannotServe
        case .unprovenReversal: .unprovenReversal
        case .earlyReversal: .earlyReversal
        case .reversal: .reversal
        case .question: .question
        case .lostToken: .lostToken
        case .vendorToken: .vendorToken
        case .otherDevicePlan: .otherDevicePlan
        case .tokenAgain: .tokenAgain
        case .accessOverdue: .accessOverdue
        case .clock: .clock
        }
    }

    /// The code and the facts, separated by slashes: unique, and what is stored.
    package var key: String {
        switch self {
        case .vendorToken(_, let moment): matter + "\(moment.milliseconds)"
        default: matter
        }
    }

    /// What all tickets of one matter have in common: the beginning of their keys.
    package var matter: String {
        switch self {
        case .cannotServe(let id), .unprovenReversal(let id): "\(code.rawValue)/\(id)/"
        case .earlyReversal(let provider, let transactionID): "\(code.rawValue)/\(provider)/\(transactionID)"
        case .reversal(let id, let matter): "\(code.rawValue)/\(id)/\(matter.rawValue)"
        case .question(let id): "\(code.rawValue)/\(id)"
        case .lostToken(let id): "\(code.rawValue)/\(id)"
        case .vendorToken(let id, _): "\(code.rawValue)/\(id)/"
        case .otherDevicePlan(let sale, let payment): "\(code.rawValue)/\(sale)/\(payment)"
        case .tokenAgain(let phone, let day): "\(code.rawValue)/\(phone.e164)/\(day)"
        case .accessOverdue(let year, let month): "\(code.rawValue)/\(year)-\(month)"
        case .clock(let moment): "\(code.rawValue)/\(moment?.milliseconds ?? 0)"
        }
    }
}
