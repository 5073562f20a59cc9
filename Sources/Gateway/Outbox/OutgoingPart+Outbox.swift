import Domain
import ModemMessages

extension OutgoingPart {
    init(_ part: OutboxPart, of message: OutboxMessage, at now: Timestamp) {
        self.init(
            recipient: message.recipient.e164, text: part.body, isUCS2: message.isUCS2,
            concatenation: message.parts.count > 1
                ? PartPlace(
                    reference: message.reference, total: message.parts.count, number: part.number, isWide: false) : nil,
            wantsReport: message.messageClass.wantsDeliveryReport || (message.entry != nil && !message.isAutomatic),
            validity: Self.validity(message.expiresAt.since(now))
        )
    }

    /// TP-VP, relative format (3GPP TS 23.040, 9.2.3.12.1), no longer than the message's remaining lifetime.
    private static func validity(_ rest: Duration) -> UInt8 {
        let minutes = max(rest.components.seconds / 60, 5)
        return switch minutes {
        case ...720: UInt8(clamping: minutes / 5 - 1)
        case ...1_440: UInt8(clamping: 143 + (minutes - 720) / 30)
        case ...43_200: UInt8(clamping: 166 + minutes / 1_440)
        default: UInt8(clamping: min(192 + minutes / 10_080, 255))
        }
    }
}
