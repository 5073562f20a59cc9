/// Groups concatenated message parts into messages (3GPP TS 23.040, 9.2.3.24.1).
///
/// References are reused: parts sent too far apart belong to different messages, and among several parts with one
/// number the nearest in time is taken.
package struct PartAssembly: Sendable {
    /// A part without a message yet. All parts of one assembly have the same originator, reference and total.
    package struct Part: Sendable, Hashable {
        package let id: Int64
        package let number: Int
        /// Milliseconds since 1970; the time of reception if the SMSC gave no time.
        package let sentAt: Int64
        package let body: String

        package init(id: Int64, number: Int, sentAt: Int64, body: String) {
            self.id = id
            self.number = number
            self.sentAt = sentAt
            self.body = body
        }
    }

    /// The parts of one message, in the order of their numbers.
    package struct Message: Sendable, Hashable {
        package let parts: [Int64]
        /// Whether parts are missing or ambiguous; the content must not be trusted then.
        package let isIncomplete: Bool

        package init(parts: [Int64], isIncomplete: Bool) {
            self.parts = parts
            self.isIncomplete = isIncomplete
        }
    }

    /// Maximum difference of the sending times of two parts of one message, in milliseconds: a base, and an allowance
    /// per part between them, because a phone needs some seconds to send each part.
    private static let tolerance: Int64 = 60_000
    private static let tolerancePerPart: Int64 = 15_000

    private let open: [Part]
    private let total: Int

    /// Creates an assembly of the open parts of one originator and reference, for messages of `total` parts.
    package init(open: [Part], total: Int) {
        self.open = open
        self.total = total
    }

    /// The message that the part `id` completes; `nil` while another part of it is missing.
    package func message(completedBy id: Int64) -> Message? {
        guard total > 0, let arrived = open.first(where: { $0.id == id }) else { return nil }
        var chosen: [Int64] = []
        var isAmbiguous = false
        for number in 1...total {
            let apart = Self.tolerance + Self.tolerancePerPart * Int64(abs(number - arrived.number))
            let candidates =
                number == arrived.number
                ? [arrived] : open.filter { $0.number == number && abs($0.sentAt - arrived.sentAt) <= apart }
            let distances = candidates.map { abs($0.sentAt - arrived.sentAt) }
            guard let nearest = distances.min() else { return nil }
            let equals = zip(candidates, distances).filter { $0.1 == nearest }.map(\.0)
            if Set(equals.map(\.body)).count > 1 { isAmbiguous = true }
            if let first = equals.first { chosen.append(first.id) }
        }
        return Message(parts: chosen, isIncomplete: isAmbiguous)
    }

    /// The incomplete message at the timeout: the newest part of each number.
    package func remains() -> Message {
        let newest = Dictionary(open.map { ($0.number, $0) }) { $1 }.values.sorted { $0.number < $1.number }
        return Message(parts: newest.map(\.id), isIncomplete: true)
    }
}
