import Domain
import Foundation
import Gateway
import Messages
import Store

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
