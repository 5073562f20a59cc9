/// A question to a payer by SMS: which device a payment is for.
package struct Question: Sendable, Hashable {
    package var id = QuestionID(0)
    package var phone: PhoneNumber
    package var payment: PaymentID
    /// Serials of the payer's devices, in the order of the offered numbers.
    package var options: [Serial]
    package var expiresAt: Timestamp

    package init(phone: PhoneNumber, payment: PaymentID, options: [Serial], expiresAt: Timestamp) {
        self.phone = phone
        self.payment = payment
        self.options = options
        self.expiresAt = expiresAt
    }
}
