import Domain
import Store

/// What must be true of a notice from the right originator before its money counts.
struct TrustChecks: Sendable {
    let ceiling: Money
    let currency: Currency

    /// Everything that speaks against a payment, in words for the admin; empty when nothing does.
    func reasonsToHold(_ payment: Payment, _ message: InboxMessage) -> [String] {
        var reasons: [String] = []
        if message.isIncomplete { reasons.append("parts of the text are missing") }
        if payment.currency != currency.code {
            reasons.append("it is in \(payment.currency), and the company's currency is \(currency.code)")
        }
        if payment.amount > ceiling {
            reasons.append("the amount is above the ceiling of \(ceiling.display(in: currency))")
        }
        if let balance = payment.newBalance, balance < payment.amount {
            reasons.append("the wallet's new balance is below the amount")
        }
        return reasons
    }
}
