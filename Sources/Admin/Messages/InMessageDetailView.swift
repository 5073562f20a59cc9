import Messages
import Domain
import Foundation
import Gateway

/// A received message and how the current formats read it.
package struct InMessageDetailView: Codable, Sendable {
    package var message: InMessageView
    /// The disposition by the current formats.
    package var readsAs: String
    package var reason: String?
    /// The fields read from the text. If no format fits, the fields that could be extracted.
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
