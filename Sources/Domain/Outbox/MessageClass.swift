/// Why an SMS is sent, in order of urgency: a token overtakes everything.
package enum MessageClass: Int, Codable, Sendable, CaseIterable {
    case token = 0
    case answer = 1
    case job = 2
    case reminder = 3
    case broadcast = 4

    /// Whether a send whose outcome nobody knows is done again: better a token twice than never.
    package var repeatsDoubtfulSends: Bool { self <= .job }

    /// Whether the network is asked for a delivery report.
    package var wantsDeliveryReport: Bool { self == .token || self == .job || self == .broadcast }

    /// Whether it waits while anything else wants to go, and leaves part of a modem's allowance to the others.
    package var isBulk: Bool { self == .broadcast }

    /// How long the message is worth sending.
    package var lifetime: Duration {
        switch self {
        case .token: .seconds(7 * 86_400)
        case .answer: .seconds(86_400)
        case .job: .seconds(3 * 86_400)
        case .reminder: .seconds(12 * 3_600)
        case .broadcast: .seconds(7 * 86_400)
        }
    }

    package var name: String { String(describing: self) }

    package static func <= (a: MessageClass, b: MessageClass) -> Bool { a.rawValue <= b.rawValue }
}
