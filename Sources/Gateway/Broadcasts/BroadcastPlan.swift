import Domain

/// All messages of a broadcast, before they are stored.
package struct BroadcastPlan: Sendable {
    struct BroadcastMessage: Sendable {
        let phone: PhoneNumber
        let text: String
        let isUCS2: Bool
        let parts: [String]
    }

    package let order: BroadcastOrder
    let messages: [BroadcastMessage]
    /// Phones left out because they opted out.
    package let optedOut: Int
    package var recipients: Int { messages.count }
    package let parts: Int
    /// The text of the first recipient's message, for preview.
    package var example: String? { messages.first?.text }

    /// Makes one message for each phone of the audience, except those that opted out.
    init(
        _ order: BroadcastOrder, members: [AudienceMember], optedOut: Set<String>, credits: [Int64: Money],
        company: Company
    ) throws {
        var texts: [String: BroadcastText] = [:]
        var faults: [String] = []
        for (language, text) in order.texts.sorted(by: { $0.key < $1.key }) {
            do throws(BroadcastText.Fault) {
                texts[language] = try BroadcastText(text)
            } catch {
                faults.append((language.isEmpty ? "" : "\(language): ") + error.message)
            }
        }
        guard faults.isEmpty else { throw BroadcastRefusal(reasons: faults) }
        var writer = BroadcastMessageWriter(texts: texts, credits: credits, company: company)
        var seen: Set<String> = []
        var messages: [BroadcastMessage] = []
        var out = 0
        for member in members where seen.insert(member.phone).inserted {
            if optedOut.contains(member.phone) {
                out += 1
            } else if let message = writer.message(to: member) {
                messages.append(message)
            }
        }
        let refusals = writer.refusals
        guard refusals.isEmpty else { throw BroadcastRefusal(reasons: refusals) }
        guard !messages.isEmpty else {
            throw BroadcastRefusal(
                reasons: [out > 0 ? "all \(out) phones of the audience opted out" : "the audience is empty"])
        }
        self.order = order
        self.messages = messages
        self.optedOut = out
        parts = messages.reduce(0) { $0 + $1.parts.count }
    }
}
