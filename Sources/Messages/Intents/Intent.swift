/// What somebody who writes to the company wants.
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
    /// A provider's receipt of what was sent, forwarded.
    case forwardedPayment = "forwarded_payment"
    /// Nothing in it that anybody could read.
    case empty
    case unclear

    /// Wishes and reports that one text may hold several of.
    var standsBesideOthers: Bool {
        switch self {
        case .paymentClaim, .outage, .tokenProblem, .powerQuality: true
        default: isAnswerable
        }
    }

    /// Wishes that are answered at once, and that may stand beside each other in one text.
    package var isAnswerable: Bool {
        switch self {
        case .balance, .debt, .resendToken, .tariff, .howToPay: true
        default: false
        }
    }
}

/// What somebody says of what was reported before.
package enum TicketReply: String, Codable, Sendable {
    case fixed
    case stillBroken = "still_broken"
}

/// Where an outage is, as its reporter says.
package enum OutageScope: String, Codable, Sendable {
    case area, single
}
