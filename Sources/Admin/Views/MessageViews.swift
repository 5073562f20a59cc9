import Domain
import Foundation
import Gateway
import Messages
import Store

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

/// A message, and what can be read from it.
package struct InMessageDetailView: Codable, Sendable {
    package var message: InMessageView
    /// As the formats in force read it now.
    package var readsAs: String
    package var reason: String?
    /// Of a text that no format fits, what could be picked out of it.
    package var fields: [String: String]

    init(_ message: InboxMessage, _ gateway: Gateway) {
        self.message = InMessageView(message)
        let plan = gateway.company.country.plan
        let reading = gateway.library.reader.read(
            from: Originator(message.originator, plan: plan), raw: message.originator, text: message.body,
            country: gateway.company.country.code)
        readsAs = reading.disposition.rawValue
        reason = reading.reason
        fields = reading.fields.named
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
