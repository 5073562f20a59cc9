/// The cause of a ticket opened by the system. At most one ticket is opened per cause.
package enum TicketCause: Sendable, Hashable {
    /// A payment that cannot be completed for its device.
    case cannotServe(PaymentID)
    /// An unproven reversal.
    case unprovenReversal(PaymentID)
    /// A reversal without a payment: the payment did not arrive in time.
    case earlyReversal(provider: String, transactionID: String)
    /// A reversal that staff must handle.
    case reversal(PaymentID, ReversalMatter)
    /// A question to a payer that expired unanswered.
    case question(QuestionID)
    /// A token message that was not delivered.
    case lostToken(OutboxMessageID)
    /// A token that is pending at the vendor; a new cause each time the request is parked.
    case vendorToken(VendorTokenID, at: Timestamp)
    /// A token for another device's plan that cannot be made.
    case otherDevicePlan(SaleID, PaymentID)
    /// A customer reported that a token does not work; one cause per phone and day.
    case tokenAgain(PhoneNumber, CalendarDate)
    /// Access rates that are overdue by too long to be charged automatically; one cause per month.
    case accessOverdue(year: Int, month: Int)
    /// An implausible clock; the latest moment it was plausible.
    case clock(Timestamp?)

    /// Why a reversal needs staff: it is late, has another amount, or leaves a debt.
    package enum ReversalMatter: String, Sendable, CaseIterable {
        case late, amount, debt
    }

    /// The stored name of each cause. Never change these values.
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

    /// The stored form: the code and the facts, separated by slashes. It is unique per cause.
    package var key: String {
        switch self {
        case .vendorToken(_, let moment): matter + "\(moment.milliseconds)"
        default: matter
        }
    }

    /// The common prefix of the keys of all tickets about one matter.
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
