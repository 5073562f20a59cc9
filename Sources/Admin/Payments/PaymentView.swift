import Domain
import Foundation
import Gateway

package struct PaymentView: Codable, Sendable {
    package struct AllocationView: Codable, Sendable {
        package var kind: String
        package var amount: MoneyView
        package var energyKwh: String?
        package var days: Int?
        /// For an instalment: the name of the item sold.
        package var name: String?
    }

    package struct TokenRequestView: Codable, Sendable {
        package var vendor: String
        package var state: String
        package var attempts: Int
        package var error: String?
    }

    package struct TokenView: Codable, Sendable {
        package var token: String
        package var serial: String?
        package var energyKwh: String?
        package var days: Int?
        /// The token unlocks the device permanently.
        package var unlocks: Bool
        /// The TID of an STS token, or the count of an OpenPAYGO code.
        package var tid: Int64?
        /// For a token without a payment: who made it and why.
        package var act: String?
        package var undone: Bool
        package var madeAt: String
    }

    package struct MessageView: Codable, Sendable {
        package var id: Int64
        package var to: String
        package var state: String
        package var text: String
    }

    package var id: Int64
    package var provider: String
    package var txnId: String
    package var amount: MoneyView
    package var payerName: String?
    package var payerMsisdn: String?
    package var reference: String?
    package var state: String
    package var reasons: [String]
    package var note: String?
    package var serial: String?
    package var receivedAt: String
    package var providerTime: String?
    package var newBalance: MoneyView?
    package var messageId: Int64?
    package var allocations: [AllocationView]?
    package var token: TokenView?
    package var tokenRequest: TokenRequestView?
    package var messages: [MessageView]?

    init(_ payment: Payment, reasons: [String], serial: Serial?, company: Company) {
        let currency = Currency(code: payment.currency) ?? company.currency
        id = payment.id.number
        provider = payment.provider
        txnId = payment.transactionID
        amount = MoneyView(payment.amount, currency)
        payerName = payment.payerName
        payerMsisdn = payment.payerPhone?.e164
        reference = payment.reference
        state = payment.state.rawValue
        self.reasons = reasons
        note = payment.note
        self.serial = serial?.text
        receivedAt = payment.receivedAt.rfc3339
        providerTime = payment.providerTime
        newBalance = payment.newBalance.map { MoneyView($0, currency) }
        messageId = payment.message?.number
    }
}
