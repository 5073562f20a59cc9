/// The intent of a text from a customer or another person.
package enum Intent: String, Codable, Sendable, CaseIterable {
    case safety
    case outage
    case powerQuality = "power_quality"
    case wrongMeter = "wrong_meter"
    case refundRequest = "refund_request"
    case paymentClaim = "payment_claim"
    case tokenProblem = "token_problem"
    case resendToken = "resend_token"
    case debt
    case balance
    case tariff
    case howToPay = "how_to_pay"
    case newConnection = "new_connection"
    case complaint
    case callback
    case setLanguage = "set_language"
    case optOut = "opt_out"
    case optIn = "opt_in"
    case help
    case reopen
    case meterOnly = "meter_only"
    case acknowledgement = "ack"
    case greeting
    case networkNotice = "network_notice"
    case spam
    case scam
    case ticketReply = "ticket_reply"
    case wrongNumber = "wrong_number"
    /// A provider's receipt for money the sender paid, forwarded to the company.
    case forwardedPayment = "forwarded_payment"
    /// The text has no readable words.
    case empty
    case unclear

    /// Whether one text may hold this intent together with others.
    var standsBesideOthers: Bool {
        switch self {
        case .paymentClaim, .outage, .tokenProblem, .powerQuality: true
        default: isAnswerable
        }
    }

    /// Whether the gateway can answer the intent immediately; several such intents may stand in one text.
    package var isAnswerable: Bool {
        switch self {
        case .balance, .debt, .resendToken, .tariff, .howToPay: true
        default: false
        }
    }
}
