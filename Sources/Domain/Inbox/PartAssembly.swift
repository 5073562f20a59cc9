/// Which parts of concatenated messages belong together (3GPP TS 23.040, 9.2.3.24.1).
///
/// References come again: parts that were sent too far apart are of different messages, and among several of one number
/// the nearest in time is taken.
package struct PartAssembly: Sendable {
    /// A part that no message has yet, of one originator, reference and total.
    package struct Part: Sendable, Hashable {
        package let id: Int64
        package let number: Int
        /// Milliseconds; when it was received, where the SMSC gave no time.
        package let sentAt: Int64
        package let body: String

        package init(id: Int64, number: Int, sentAt: Int64, body: String) {
            self.id = id
            self.number = number
            self.sentAt = sentAt
            self.body = body
        }
    }

    /// Parts that make one message, in the order of their numbers.
    package struct Message: Sendable, Hashable {
        package let parts: [Int64]
        /// Parts are missing, or cannot be told apart: what it says is not to be trusted.
        package let isIncomplete: Bool

        package init(parts: [Int64], isIncomplete: Bool) {
            self.parts = parts
            self.isIncomplete = isIncomplete
        }
    }

    /// How far apart the parts of one message may be sent, in milliseconds: a phone needs some seconds for each.
    private static let tolerance: Int64 = 60_000
    private static let tolerancePerPart: Int64 = 15_000

    private let open: [Part]
    private let total: Int

    package init(open: [Part], total: Int) {
        self.open = open
        self.total = total
    }

    /// The message that a part completes; `nil` while another part of it is missing.
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

    /// What there is when the wait for the rest is over: the newest part of each number.
    package func remains() -> Message {
        let newest = Dictionary(open.map { ($0.number, $0) }) { $1 }.values.sorted { $0.number < $1.number }
        return Message(parts: newest.map(\.id), isIncomplete: true)
    }
}
