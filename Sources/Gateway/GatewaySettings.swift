import Domain

/// The configurable settings of the gateway.
package struct GatewaySettings: Sendable {
    package enum Notifications: String, Sendable {
        /// One message per payment.
        case combined
        /// One SMS per step.
        case eachStep = "each_step"
    }

    package var notifications = Notifications.combined
    /// Payments above this amount are held.
    package var amountCeiling: Money
    package var trust: TrustSettings
    /// The wallets that are asked for their balance by USSD.
    package var walletBalances: [WalletBalancePlan] = []
    /// How long to wait for missing parts of a concatenated message.
    package var partsWait: Duration = .seconds(600)
    /// How long a question about the device of a payment stays open.
    package var questionLifetime: Duration = .seconds(7 * 86_400)
    /// Maximum automatic answers to one number per hour.
    package var repliesPerHour = 6
    /// Maximum automatic answers to all numbers per hour. Answers about danger are not counted.
    package var repliesPerHourOfAll = 120
    /// How often per day a token is sent again on request; beyond that, staff get a ticket.
    package var tokensAgainPerDay = 4
    /// Minimum time before the same text is sent to the same number again.
    package var sameReplyPause: Duration = .seconds(600)

    /// A message continues an open ticket if the ticket's last entry is not older than this.
    package var conversationPause: Duration = .seconds(14 * 86_400)
    /// How long a message without a ticket number is taken as a reply to a closed ticket.
    package var lateReplyTime: Duration = .seconds(2 * 86_400)
    /// Minimum time between messages to staff about alerts that are not urgent.
    package var digestPause: Duration = .seconds(600)
    /// Minute of the company's day at which staff get the daily summary.
    package var digestMinute = 8 * 60
    /// Hours in which customers and contractors are reminded.
    package var reminderHours = SendingHours.day
    /// Hours in which promotional broadcasts may be sent.
    package var promoHours = SendingHours.day
    package var serviceHours = SendingHours.longDay
    /// Access rates that are overdue for more days than this are not charged automatically.
    package var catchUpDays = 92
    /// Cost of one SMS part, used for estimates only and never booked.
    package var pricePerPart: Money?

    package init(amountCeiling: Money, trust: TrustSettings) {
        self.amountCeiling = amountCeiling
        self.trust = trust
    }
}
