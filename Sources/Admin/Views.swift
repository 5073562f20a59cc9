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
        package var energy_kwh: String?
    }

    package struct TokenView: Codable, Sendable {
        package var token: String
        package var serial: String?
        package var energy_kwh: String
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
    package var txn_id: String
    package var amount: MoneyView
    package var payer_name: String?
    package var payer_msisdn: String?
    package var reference: String?
    package var state: String
    package var reasons: [String]
    package var serial: String?
    package var received_at: String
    package var provider_time: String?
    package var new_balance: MoneyView?
    package var message_id: Int64?
    package var allocations: [AllocationView]?
    package var token: TokenView?
    package var messages: [MessageView]?

    init(_ payment: Payment, serial: Serial?, company: Company) {
        let currency = Currency(code: payment.currency) ?? company.currency
        id = payment.id.number
        provider = payment.provider
        txn_id = payment.transactionID
        amount = MoneyView(payment.amount, currency)
        payer_name = payment.payerName
        payer_msisdn = payment.payerPhone?.e164
        reference = payment.reference
        state = payment.state.rawValue
        reasons = payment.reasons
        self.serial = serial?.text
        received_at = payment.receivedAt.rfc3339
        provider_time = payment.providerTime
        new_balance = payment.newBalance.map { MoneyView($0, currency) }
        message_id = payment.message?.number
    }
}

package struct CustomerView: Codable, Sendable {
    package var id: Int64
    package var name: String
    package var surname: String?
    package var phones: [String]
    package var language: String?
    package var cluster: String
    package var mini_grid: String
    package var village: String
    package var connection_group: String?
    package var connection_type: String?
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
        package var base_date: Int
        package var last_tid: Int64?
    }

    package var serial: String
    package var kind: String
    package var manufacturer: String?
    package var token: String
    package var tariff: String?
    package var customer_id: Int64
    package var customer_name: String?
    package var sts: STSView?
    package var tokens: [PaymentView.TokenView]?

    init(_ device: Device, customerName: String? = nil) {
        serial = device.serial.text
        kind = device.kind.rawValue
        manufacturer = device.manufacturer
        token = device.token
        tariff = device.tariff
        customer_id = device.customer.number
        customer_name = customerName
        sts = device.meterKey.map {
            STSView(
                sgc: $0.supplyGroup, krn: $0.keyRevision, kt: $0.keyType, ti: $0.tariffIndex, ea: $0.algorithm,
                base_date: $0.baseDate, last_tid: device.lastIdentifier)
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
    package var sent_at: String?
    package var received_at: String

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
        sent_at = message.sentAt?.rfc3339
        received_at = message.receivedAt.rfc3339
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
    package var payment_id: Int64?

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
        payment_id = message.payment?.number
    }
}

package struct StatusView: Codable, Sendable {
    package struct ModemView: Codable, Sendable {
        package var name: String
        package var state: String
        package var reason: String?
        package var model: String?
        package var smsc: String?
        package var signal_percent: Int?
        package var network: String?
        package var store_used: Int?
        package var store_size: Int?
        package var restarts: Int
    }

    package var company: String
    package var version: String
    package var time: String
    package var started_at: String
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
    package var dry_run: Bool
    package var bad: [BadRow]

    init(_ result: ImportResult) {
        kind = result.kind.rawValue
        rows = result.rows
        imported = result.bad.isEmpty && !result.isDryRun ? result.rows : 0
        dry_run = result.isDryRun
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
