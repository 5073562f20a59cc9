import Domain
import Foundation
import Gateway
import Store

/// Money for machines: an exact decimal with its currency.
package struct MoneyView: Codable, Sendable, Hashable {
    package var amount: String
    package var currency: String

    init(_ money: Money, _ currency: Currency) {
        amount = money.decimal(in: currency)
        self.currency = currency.code
    }
}

/// A page of a list; `next` is the cursor of the page after it.
package struct PageView<Item: Codable & Sendable>: Codable, Sendable {
    package var items: [Item]
    package var next: String?

    package init(items: [Item], next: String?) {
        self.items = items
        self.next = next
    }
}

package struct PaymentView: Codable, Sendable {
    package struct AllocationView: Codable, Sendable {
        package var kind: String
        package var amount: MoneyView
        package var energyKwh: String?
    }

    package struct TokenView: Codable, Sendable {
        package var token: String
        package var serial: String?
        package var energyKwh: String
        package var tid: Int64?
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
    package var serial: String?
    package var receivedAt: String
    package var providerTime: String?
    package var newBalance: MoneyView?
    package var messageId: Int64?
    package var allocations: [AllocationView]?
    package var token: TokenView?
    package var messages: [MessageView]?

    init(_ payment: Payment, serial: Serial?, company: Company) {
        let currency = Currency(code: payment.currency) ?? company.currency
        id = payment.id.number
        provider = payment.provider
        txnId = payment.transactionID
        amount = MoneyView(payment.amount, currency)
        payerName = payment.payerName
        payerMsisdn = payment.payerPhone?.e164
        reference = payment.reference
        state = payment.state.rawValue
        reasons = payment.reasons
        self.serial = serial?.text
        receivedAt = payment.receivedAt.rfc3339
        providerTime = payment.providerTime
        newBalance = payment.newBalance.map { MoneyView($0, currency) }
        messageId = payment.message?.number
    }
}

package struct CustomerView: Codable, Sendable {
    package var id: Int64
    package var name: String
    package var surname: String?
    package var phones: [String]
    package var language: String?
    package var cluster: String
    package var miniGrid: String
    package var village: String
    package var connectionGroup: String?
    package var connectionType: String?
    package var credit: MoneyView
    package var devices: [DeviceView]
}

package struct DeviceView: Codable, Sendable {
    package struct STSView: Codable, Sendable {
        package var sgc: String
        package var krn: Int
        package var kt: Int
        package var ti: Int
        package var ea: Int
        package var baseDate: Int
        package var lastTid: Int64?
    }

    package var serial: String
    package var kind: String
    package var manufacturer: String?
    package var token: String
    package var tariff: String?
    package var customerId: Int64
    package var customerName: String?
    package var sts: STSView?
    package var tokens: [PaymentView.TokenView]?

    init(_ device: Device, customerName: String? = nil) {
        serial = device.serial.text
        kind = device.kind.rawValue
        manufacturer = device.manufacturer
        token = device.token
        tariff = device.tariff
        customerId = device.customer.number
        self.customerName = customerName
        sts = device.meterKey.map {
            STSView(
                sgc: $0.supplyGroup, krn: $0.keyRevision, kt: $0.keyType, ti: $0.tariffIndex, ea: $0.algorithm,
                baseDate: $0.baseDate, lastTid: device.lastIdentifier)
        }
    }
}

package struct InMessageView: Codable, Sendable {
    package var id: Int64
    package var from: String
    package var text: String
    package var state: String
    package var disposition: String?
    package var provider: String?
    package var format: String?
    package var note: String?
    package var incomplete: Bool
    package var modem: String
    package var smsc: String
    package var sentAt: String?
    package var receivedAt: String

    init(_ message: InboxMessage) {
        id = message.id.number
        from = message.originator
        text = message.body
        state = message.state.rawValue
        disposition = message.disposition?.rawValue
        provider = message.provider
        format = message.format
        note = message.note
        incomplete = message.isIncomplete
        modem = message.modem
        smsc = message.serviceCentre
        sentAt = message.sentAt?.rfc3339
        receivedAt = message.receivedAt.rfc3339
    }
}

package struct OutMessageView: Codable, Sendable {
    package var id: Int64
    package var to: String
    package var `class`: String
    package var state: String
    package var text: String
    package var parts: Int
    package var attempts: Int
    package var modem: String?
    package var error: String?
    package var paymentId: Int64?

    init(_ message: OutboxMessage) {
        id = message.id.number
        to = message.recipient.e164
        `class` = message.messageClass.name
        state = message.state.rawValue
        text = message.body
        parts = message.parts.count
        attempts = message.attempts
        modem = message.modem
        error = message.error
        paymentId = message.payment?.number
    }
}

package struct StatusView: Codable, Sendable {
    package struct ModemView: Codable, Sendable {
        package var name: String
        package var state: String
        package var reason: String?
        package var model: String?
        package var smsc: String?
        package var signalPercent: Int?
        package var network: String?
        package var storeUsed: Int?
        package var storeSize: Int?
        package var restarts: Int
    }

    package var company: String
    package var version: String
    package var time: String
    package var startedAt: String
    package var customers: Int
    package var devices: Int
    package var payments: [String: Int]
    package var inbox: [String: Int]
    package var outbox: [String: Int]
    package var modems: [ModemView]
}

package struct ImportView: Codable, Sendable {
    package struct BadRow: Codable, Sendable {
        package var line: Int
        package var reason: String
    }

    package var kind: String
    package var rows: Int
    package var imported: Int
    package var dryRun: Bool
    package var bad: [BadRow]

    init(_ result: ImportResult) {
        kind = result.kind.rawValue
        rows = result.rows
        imported = result.bad.isEmpty && !result.isDryRun ? result.rows : 0
        dryRun = result.isDryRun
        bad = result.bad.map { BadRow(line: $0.line, reason: $0.reason) }
    }
}

package struct AuditView: Codable, Sendable {
    package struct Finding: Codable, Sendable {
        package var proof: String
        package var detail: String
    }

    package var clean: Bool
    package var proofs: [String]
    package var findings: [Finding]
}
