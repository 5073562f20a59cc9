/// The purpose of an outgoing SMS, in order of priority: tokens are sent first.
package enum MessageClass: Int, Codable, Sendable, CaseIterable {
    case token = 0
    case answer = 1
    case job = 2
    case reminder = 3
    case broadcast = 4

    /// Whether to send again after an unknown outcome. A token sent twice is better than a token not sent.
    package var repeatsDoubtfulSends: Bool { self <= .job }

    /// Whether to request a delivery report.
    package var wantsDeliveryReport: Bool { self == .token || self == .job || self == .broadcast }

    /// Whether the message is sent only while no other message is due, within a share of the modem's sending limit.
    package var isBulk: Bool { self == .broadcast }

    /// How long after queueing the message may still be sent.
    package var lifetime: Duration {
        switch self {
        case .token: .seconds(7 * 86_400)
        case .answer: .seconds(86_400)
        case .job: .seconds(3 * 86_400)
        case .reminder: .seconds(12 * 3_600)
        case .broadcast: .seconds(7 * 86_400)
        }
    }

    /// The class's name in lists and logs.
    package var name: String { String(describing: self) }

    package static func <= (a: MessageClass, b: MessageClass) -> Bool { a.rawValue <= b.rawValue }
}
