import Domain

/// What an operator may set about the stations.
package struct GatewaySettings: Sendable {
    package enum Notifications: String, Sendable {
        /// One message for a payment.
        case combined
        /// One SMS for each step.
        case eachStep = "each_step"
    }

    package var notifications = Notifications.combined
    /// A payment above this is held.
    package var amountCeiling: Money
    package var trust: TrustSettings
    /// How long parts of a message are waited for.
    package var partsWait: Duration = .seconds(600)
    /// How long a question about a device stays open.
    package var questionLifetime: Duration = .seconds(7 * 86_400)
    /// Automatic answers to one number within an hour.
    package var repliesPerHour = 6
    /// Automatic answers to all numbers together within an hour; what is about danger is not counted.
    package var repliesPerHourOfAll = 120
    /// A token is sent again on request so often a day; then staff have a ticket of it.
    package var tokensAgainPerDay = 4
    /// A text is not said twice to one number within this time.
    package var sameReplyPause: Duration = .seconds(600)

    /// A text goes on in an open ticket whose last entry is not older than this.
    package var conversationPause: Duration = .seconds(14 * 86_400)
    /// A text without a number is taken for an answer to a closed ticket within this time.
    package var lateReplyTime: Duration = .seconds(2 * 86_400)
    /// Staff hear of ordinary things in one message at most this often.
    package var digestPause: Duration = .seconds(600)
    /// The minute of the company's day from which staff are told what waits for them.
    package var digestMinute = 8 * 60
    /// When customers and contractors are reminded.
    package var reminderHours = SendingHours.day
    /// When promotional broadcasts may be sent.
    package var promoHours = SendingHours.day
    package var serviceHours = SendingHours.longDay
    /// Access rates that are overdue for more days do not fall due by themselves.
    package var catchUpDays = 92
    /// What one SMS part costs; only told, never booked.
    package var pricePerPart: Money?

    package init(amountCeiling: Money, trust: TrustSettings) {
        self.amountCeiling = amountCeiling
        self.trust = trust
    }
}
