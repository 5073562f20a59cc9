/// A payment notice as stored, with its decision.
package struct StoredNotice: Sendable, Hashable {
    /// What becomes of the report that some providers want after the notice was answered.
    package enum Report: String, Sendable, CaseIterable {
        case none, due, done
        /// The provider did not take it, however often it was sent.
        case failed
    }

    package let number: Int64
    package let driver: String
    package let id: String
    package let wallet: String
    package let amount: Money
    package let reference: String?
    package let receipts: [String]
    package let payerPhone: PhoneNumber?
    package let payerName: String?
    package let time: WallTime?
    package let decision: NoticeDecision
    package let context: [String: String]
    package let report: Report
    package let attempts: Int
    package let receivedAt: Timestamp

    package init(
        number: Int64, driver: String, id: String, wallet: String, amount: Money, reference: String?,
        receipts: [String], payerPhone: PhoneNumber?, payerName: String?, time: WallTime?, decision: NoticeDecision,
        context: [String: String], report: Report, attempts: Int, receivedAt: Timestamp
    ) {
        self.number = number
        self.driver = driver
        self.id = id
        self.wallet = wallet
        self.amount = amount
        self.reference = reference
        self.receipts = receipts
        self.payerPhone = payerPhone
        self.payerName = payerName
        self.time = time
        self.decision = decision
        self.context = context
        self.report = report
        self.attempts = attempts
        self.receivedAt = receivedAt
    }
}
