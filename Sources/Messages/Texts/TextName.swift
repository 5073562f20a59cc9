/// The names of the texts sent to people, with the placeholders of each.
package enum TextName: String, CaseIterable, Sendable {
    // MARK: Payments

    /// The token, its units and its device.
    case token
    case received
    /// A payment was received for a device of another customer.
    case receivedForOther = "received_for_other"
    case instalmentPaid = "instalment_paid"
    case accessPaid = "access_paid"
    case creditKept = "credit_kept"
    /// To a payer who is not the owner: the amount added to the owner's credit.
    case creditForOwner = "credit_for_owner"
    /// No token, because the payment was used up by debts.
    case noTokenDebts = "no_token_debts"
    /// No token, because the amount is below the minimum purchase.
    case noTokenSmall = "no_token_small"
    case whichDevice = "which_device"
    case whichDeviceList = "which_device_list"
    case unknownSerial = "unknown_serial"
    case tokenLater = "token_later"
    /// No token can be issued now; staff have been alerted.
    case tokenDelayed = "token_delayed"
    /// Days for a solar home system or an e-bike.
    case tokenDays = "token_days"
    /// The device is paid off: the token unlocks it permanently.
    case tokenUnlock = "token_unlock"
    /// The vendor credited the device remotely.
    case charged
    /// No token, because the days for this money were given earlier.
    case noTokenDays = "no_token_days"
    /// No token, because nothing is owed for the device.
    case noTokenPaidOff = "no_token_paid_off"
    case rejected
    case refunded
    case reversed
    /// To the owner of the device that a payment was wrongly allocated to.
    case takenBack = "taken_back"
    /// A management token for a meter.
    case managementToken = "management_token"
    case saleCancelled = "sale_cancelled"
    case reminderDue = "reminder_due"
    case reminderOverdue = "reminder_overdue"

    // MARK: Tickets

    case ticketOpened = "ticket_opened"
    case ticketAdded = "ticket_added"
    case ticketReply = "ticket_reply"
    /// To the customer after staff close a ticket.
    case ticketClosed = "ticket_closed"
    /// A reply to a closed ticket was recorded; the customer may reopen it.
    case ticketOffer = "ticket_offer"
    case ticketReopened = "ticket_reopened"
    case outageOpened = "outage_opened"
    /// A further report of a known outage; the note is the latest information from staff.
    case outageKnown = "outage_known"
    case safety
    /// The network accepted the alert to staff.
    case safetyTold = "safety_told"

    // MARK: Customer requests

    case balance
    /// A line of `balance`: the customer has no debts.
    case balanceClear = "balance_clear"
    /// A line of `balance`: the open amount of a sale.
    case balanceSale = "balance_sale"
    /// A line of `balance`: the remaining days of a device.
    case balanceDays = "balance_days"
    /// A line of `balance`: a payment whose token is pending.
    case balancePending = "balance_pending"
    /// The stored token, never a new one.
    case tokenAgain = "token_again"
    case tokenDaysAgain = "token_days_again"
    case tokenUnlockAgain = "token_unlock_again"
    /// There is no token to send again.
    case tokenNone = "token_none"
    /// The serial is not one of the customer's devices.
    case notYourMeter = "not_your_meter"
    case price
    case howToPay = "how_to_pay"
    case languageSet = "language_set"
    case languageWhich = "language_which"
    case stopped
    case started
    case help

    // MARK: Jobs

    case job
    case jobAccepted = "job_accepted"
    case jobDeclined = "job_declined"
    case jobDone = "job_done"
    case jobNoted = "job_noted"
    /// An answer after the job has ended.
    case jobLate = "job_late"
    case jobHelp = "job_help"
    case jobReminder = "job_reminder"
    case jobOverdue = "job_overdue"
    case jobCancelled = "job_cancelled"
    case jobConfirmed = "job_confirmed"
    case jobPaid = "job_paid"

    // MARK: Staff

    case staffStatus = "staff_status"
    case staffSent = "staff_sent"
    case staffClosed = "staff_closed"
    case staffClosedAlready = "staff_closed_already"
    case staffReopened = "staff_reopened"
    /// Staff ordered to close a ticket that is a job.
    case staffIsJob = "staff_is_job"
    case staffNoTicket = "staff_no_ticket"
    /// An order without a text, or for a ticket without a phone number.
    case staffNothingToSend = "staff_nothing_to_send"
    case alertSafety = "alert_safety"
    /// A summary of many reports of danger.
    case alertFlood = "alert_flood"
    /// The database cannot be written.
    case alertDisk = "alert_disk"
    case alertTicket = "alert_ticket"
    case alertCustomerReply = "alert_customer_reply"
    /// A reply to a closed ticket.
    case alertLateReply = "alert_late_reply"
    case alertJob = "alert_job"
    case alertHeld = "alert_held"
    case alertForgery = "alert_forgery"
    case alertTokenLost = "alert_token_lost"
    /// The vendor refused a token, or its state is unknown.
    case alertTokenStuck = "alert_token_stuck"
    case alertReview = "alert_review"
    case alertNotice = "alert_notice"
    case alertWallet = "alert_wallet"
    case alertDigest = "alert_digest"
    /// Once a day: the items that wait for staff.
    case staffWaiting = "staff_waiting"

    // MARK: Hold reasons

    case holdMissingParts = "hold_missing_parts"
    case holdOtherCurrency = "hold_other_currency"
    case holdAboveCeiling = "hold_above_ceiling"
    case holdBalanceBelowAmount = "hold_balance_below_amount"
    case holdTimesApart = "hold_times_apart"
    case holdUndatedID = "hold_undated_id"
    case holdIdOfAnotherDate = "hold_id_of_another_date"
    case holdIdOfAnotherDay = "hold_id_of_another_day"
    case holdNoTransactionID = "hold_no_transaction_id"
    case holdLacksID = "hold_lacks_id"
    case holdLacksBalance = "hold_lacks_balance"
    case holdLacksTime = "hold_lacks_time"
    case holdReversalOfAnotherAmount = "hold_reversal_of_another_amount"
    case holdUnprovenReversal = "hold_unproven_reversal"
    case holdContradicted = "hold_contradicted"
    case holdBeyondBudget = "hold_beyond_budget"
    case holdSeveralAlike = "hold_several_alike"
    case holdRefusedNotice = "hold_refused_notice"
    case holdNotInBalance = "hold_not_in_balance"
    case holdNewSMSC = "hold_new_smsc"
    case holdDeviceWithoutOwner = "hold_device_without_owner"
    case holdMeterWithoutTariff = "hold_meter_without_tariff"
    case holdClock = "hold_clock"
    case holdNoToken = "hold_no_token"

    /// Placeholders that must have a value.
    package var required: Set<String> {
        switch self {
        case .token: ["token", "units", "serial"]
        case .received: ["amount"]
        case .receivedForOther: ["amount", "payer"]
        case .instalmentPaid: ["amount", "name"]
        case .accessPaid: ["amount"]
        case .creditKept: ["credit"]
        case .creditForOwner: ["amount"]
        case .noTokenDebts: []
        case .noTokenSmall: ["minimum"]
        case .whichDevice: ["amount"]
        case .whichDeviceList: ["amount", "list"]
        case .unknownSerial: ["serial", "amount"]
        case .tokenLater: []
        case .tokenDelayed, .reversed: ["amount"]
        case .saleCancelled: ["name"]
        case .tokenDays: ["token", "days", "serial"]
        case .tokenUnlock, .managementToken: ["token", "serial"]
        case .tokenDaysAgain: ["token", "days", "serial", "date"]
        case .tokenUnlockAgain: ["token", "serial", "date"]
        case .charged, .noTokenPaidOff: ["serial"]
        case .noTokenDays: []
        case .rejected: ["amount", "company"]
        case .refunded: ["amount", "reference"]
        case .takenBack: ["amount", "serial"]
        case .reminderDue, .reminderOverdue: ["name", "amount", "date"]
        case .balanceSale: ["name", "open"]
        case .balanceDays: ["serial", "days"]
        case .balancePending: ["amount"]
        case .staffWaiting: ["held", "suspense", "amount", "tokens", "tickets"]
        case .ticketOpened, .ticketAdded, .ticketClosed, .ticketOffer, .ticketReopened, .safety, .jobAccepted,
            .jobDeclined, .jobDone, .jobNoted, .jobLate, .jobHelp, .jobCancelled, .staffClosed, .staffClosedAlready,
            .staffReopened,
            .staffIsJob, .staffNoTicket, .staffNothingToSend, .alertForgery, .alertTokenLost:
            ["number"]
        case .ticketReply, .staffSent, .alertCustomerReply, .alertLateReply, .alertReview, .alertTokenStuck:
            ["number", "text"]
        case .outageOpened, .outageKnown: ["place", "number"]
        case .balance: ["credit"]
        case .balanceClear, .tokenNone, .languageSet, .languageWhich, .alertDisk: []
        case .tokenAgain: ["token", "units", "serial", "date"]
        case .notYourMeter: ["serial"]
        case .howToPay, .stopped, .started, .help: ["company"]
        case .price: ["price"]
        case .job: ["number", "task"]
        case .jobReminder, .jobOverdue: ["number", "task", "deadline"]
        case .jobConfirmed, .jobPaid: ["number", "price"]
        case .staffStatus: ["time", "payments", "amount", "held", "suspense", "queue", "tickets", "modems"]
        case .safetyTold: ["number"]
        case .alertFlood: ["count", "list"]
        case .alertSafety: ["number", "place", "text"]
        case .alertTicket: ["number", "category", "text"]
        case .alertJob: ["number", "name", "text"]
        case .alertHeld: ["number", "amount", "text"]
        case .alertDigest: ["count", "list"]
        case .alertWallet, .alertNotice: ["text"]
        case .holdMissingParts, .holdBalanceBelowAmount, .holdNoTransactionID, .holdLacksID, .holdLacksBalance,
            .holdLacksTime, .holdReversalOfAnotherAmount, .holdUnprovenReversal, .holdBeyondBudget, .holdSeveralAlike,
            .holdRefusedNotice,
            .holdNewSMSC,
            .holdDeviceWithoutOwner, .holdMeterWithoutTariff:
            []
        case .holdOtherCurrency: ["currency", "company_currency"]
        case .holdAboveCeiling: ["ceiling"]
        case .holdNotInBalance: ["wallet", "text_balance"]
        case .holdTimesApart: ["printed", "sent"]
        case .holdUndatedID: ["id"]
        case .holdIdOfAnotherDate: ["id_date", "date"]
        case .holdIdOfAnotherDay: ["id_date"]
        case .holdContradicted: ["message"]
        case .holdClock, .holdNoToken: ["text"]
        }
    }

    /// Placeholders whose line is omitted if they have no value.
    package var optional: Set<String> {
        switch self {
        case .received: ["reference"]
        case .tokenLater: ["amount"]
        case .reversed: ["reference", "open", "debt"]
        case .takenBack: ["open", "debt"]
        case .instalmentPaid, .accessPaid: ["open"]
        case .whichDevice: ["company"]
        case .ticketClosed, .jobCancelled: ["reason"]
        case .outageKnown: ["note"]
        case .balance: ["overdue", "access", "next", "date", "name", "clear"]
        case .price, .howToPay: ["serial"]
        case .job: ["place", "price", "deadline"]
        case .jobAccepted: ["deadline"]
        case .jobPaid: ["reference"]
        default: []
        }
    }
}
