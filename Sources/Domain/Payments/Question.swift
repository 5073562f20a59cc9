/// Which device a payment is for: asked of the payer, answered by SMS.
package struct Question: Sendable, Hashable {
    package var id = QuestionID(0)
    package var phone: PhoneNumber
    package var payment: PaymentID
    /// The payer's own devices, in the order of the numbers that were offered.
    package var options: [Serial]
    package var expiresAt: Timestamp

    package init(phone: PhoneNumber, payment: PaymentID, options: [Serial], expiresAt: Timestamp) {
        self.phone = phone
        self.payment = payment
        self.options = options
        self.expiresAt = expiresAt
    }
}
