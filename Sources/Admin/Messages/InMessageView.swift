import Domain
import Foundation

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
        smsc = message.smsc
        sentAt = message.sentAt?.rfc3339
        receivedAt = message.receivedAt.rfc3339
    }
}
