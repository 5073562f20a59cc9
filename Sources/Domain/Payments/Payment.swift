/// A payment that was read from a provider's notice.
package struct Payment: Sendable, Hashable {
    package var id = PaymentID(0)
    package var provider: String
    package var transactionID: String
    package var amount: Money
    package var currency: String
    package var payerName: String?
    package var payerPhone: PhoneNumber?
    package var reference: String?
    package var newBalance: Money?
    package var fee: Money?
    package var providerTime: String?
    package var message: InboxMessageID?
    package var state = PaymentState.received
    /// Why it is held; empty if it is not.
    package var reasons: [HoldReason] = []
    package var device: DeviceID?
    /// A remark of staff or of the provider on its outcome: a refund's reference, a reason for rejection.
    package var note: String?
    /// How many times its allocation was undone.
    package var timesUndone = 0
    package var receivedAt: Timestamp

    package init(
        provider: String, transactionID: String, amount: Money, currency: String, payerName: String?,
        payerPhone: PhoneNumber?,
        reference: String?, newBalance: Money?, fee: Money?, providerTime: String?, message: InboxMessageID?,
        receivedAt: Timestamp
    ) {
        self.provider = provider
        self.transactionID = transactionID
        self.amount = amount
        self.currency = currency
        self.payerName = payerName
        self.payerPhone = payerPhone
        self.reference = reference
        self.newBalance = newBalance
        self.fee = fee
        self.providerTime = providerTime
        self.message = message
        self.receivedAt = receivedAt
    }
}

extension Payment {
    /// The provider's transaction id; `nil` if the notice had none and the id was made by the gateway.
    package var printedID: String? { transactionID.hasPrefix("~") ? nil : transactionID }
}
