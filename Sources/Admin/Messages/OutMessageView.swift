import Domain
import Foundation

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
