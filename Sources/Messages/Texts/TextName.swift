/// The texts that people get, and the places that each may fill.
package enum TextName: String, CaseIterable, Sendable {
    // MARK: Payments

    /// The token, what it carries and for which device.
    case token
    case received
    /// Received, for a device of somebody else.
    case receivedForOther = "received_for_other"
    case instalmentPaid = "instalment_paid"
    case accessPaid = "access_paid"
    case creditKept = "credit_kept"
    /// To a payer who is not the owner: what the payment added to the owner's credit.
    case creditForOwner = "credit_for_owner"
    /// Why there is no token: all went to debts.
    case noTokenDebts = "no_token_debts"
    /// Why there is no token: the sum is below what can be bought.
    case noTokenSmall = "no_token_small"
    case whichDevice = "which_device"
    case whichDeviceList = "which_device_list"
    case unknownSerial = "unknown_serial"
    case tokenLater = "token_later"
    /// No token can be made now, and staff look.
    case tokenDelayed = "token_delayed"
    /// Days for a solar home system or an e-bike.
    case tokenDays = "token_days"
    /// All is paid: the token opens the device for good.
    case tokenUnlock = "token_unlock"
    /// The maker charged the device from afar.
    case charged
    /// Why there is no token: the days of this money were given before.
    case noTokenDays = "no_token_days"
    /// Why there is no token: nothing is to be paid for the device.
    case noTokenPaidOff = "no_token_paid_off"
    case rejected
    case refunded
    case reversed
    /// To the owner of the device that a payment was not for.
    case takenBack = "taken_back"
    /// A token by which a meter is managed.
    case managementToken = "management_token"
    case saleCancelled = "sale_cancelled"
    case reminderDue = "reminder_due"
    case reminderOverdue = "reminder_overdue"

    // MARK: Tickets

    case ticketOpened = "ticket_opened"
    case ticketAdded = "ticket_added"
    case ticketReply = "ticket_reply"
    /// To the customer, when staff close a ticket.
    case ticketClosed = "ticket_closed"
    /// A reply to a closed ticket was kept; it may be opened again.
    case ticketOffer = "ticket_offer"
    case ticketReopened = "ticket_reopened"
    case outageOpened = "outage_opened"
    /// A further report of an outage; the note is what staff last said of it.
    case outageKnown = "outage_known"
    case safety
    /// The network took a message that tells staff of it.
    case safetyTold = "safety_told"

    // MARK: What a customer asks

    case balance
    /// The line of `balance` for somebody without debts.
    case balanceClear = "balance_clear"
    /// A line of `balance`: what is left of a sale.
    case balanceSale = "balance_sale"
    /// A line of `balance`: how long a device's days last.
    case balanceDays = "balance_days"
    /// A line of `balance`: a payment whose token is on its way.
    case balancePending = "balance_pending"
    /// The stored token, never a new one.
    case tokenAgain = "token_again"
    case tokenDaysAgain = "token_days_again"
    case tokenUnlockAgain = "token_unlock_again"
    /// Nothing to send again.
    case tokenNone = "token_none"
    /// A serial that is none of the asker's.
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
    /// An answer that comes after the job's end.
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
    /// An order to close a job.
    case staffIsJob = "staff_is_job"
    case staffNoTicket = "staff_no_ticket"
    /// An order without a text, or for a ticket without a phone.
    case staffNothingToSend = "staff_nothing_to_send"
    case alertSafety = "alert_safety"
    /// Many reports of danger, summed up.
    case alertFlood = "alert_flood"
    /// The books cannot be written.
    case alertDisk = "alert_disk"
    case alertTicket = "alert_ticket"
    case alertCustomerReply = "alert_customer_reply"
    /// Somebody wrote to a closed ticket.
    case alertLateReply = "alert_late_reply"
    case alertJob = "alert_job"
    case alertHeld = "alert_held"
    case alertForgery = "alert_forgery"
    case alertTokenLost = "alert_token_lost"
    /// A maker refused a token, or nobody knows what it did.
    case alertTokenStuck = "alert_token_stuck"
    case alertReview = "alert_review"
    case alertNotice = "alert_notice"
    case alertWallet = "alert_wallet"
    case alertDigest = "alert_digest"
    /// Once a day: what waits for staff.
    case staffWaiting = "staff_waiting"

    // MARK: Why a payment is held

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
    case holdNewSMSC = "hold_new_smsc"
    case holdDeviceWithoutOwner = "hold_device_without_owner"
    case holdMeterWithoutTariff = "hold_meter_without_tariff"
    case holdNoToken = "hold_no_token"

    /// Places that must be filled.
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
            .holdLacksTime, .holdReversalOfAnotherAmount, .holdUnprovenReversal, .holdBeyondBudget, .holdNewSMSC,
            .holdDeviceWithoutOwner, .holdMeterWithoutTariff:
            []
        case .holdOtherCurrency: ["currency", "company_currency"]
        case .holdAboveCeiling: ["ceiling"]
        case .holdTimesApart: ["printed", "sent"]
        case .holdUndatedID: ["id"]
        case .holdIdOfAnotherDate: ["id_date", "date"]
        case .holdIdOfAnotherDay: ["id_date"]
        case .holdContradicted: ["message"]
        case .holdNoToken: ["text"]
        }
    }

    /// Places whose line disappears when they are not filled.
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
