import Domain
import Messages
import Store

/// What somebody wants to have sent.
package struct BroadcastOrder: Sendable {
    package var audience: Audience
    /// By language; under the empty name for everybody else.
    package var texts: [String: String]
    package var broadcastClass: BroadcastClass
    /// At once when `nil`.
    package var startsAt: Timestamp?

    package init(
        audience: Audience, texts: [String: String], broadcastClass: BroadcastClass, startsAt: Timestamp? = nil
    ) {
        self.audience = audience
        self.texts = texts
        self.broadcastClass = broadcastClass
        self.startsAt = startsAt
    }
}

/// Why a broadcast is not made, all reasons at once.
package struct BroadcastRefusal: Error, Sendable, CustomStringConvertible {
    package let reasons: [String]
    package var description: String { reasons.joined(separator: "; ") }
}

/// Every message of a broadcast, before anything is stored.
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
    /// The message of the first recipient, to look at.
    package var example: String? { messages.first?.text }

    /// One message for each phone of the audience, but those that opted out.
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
        var writer = LetterWriter(texts: texts, credits: credits, company: company)
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

/// Writes the messages of a broadcast, and remembers what kept it from writing some.
private struct LetterWriter {
    private let texts: [String: BroadcastText]
    private let credits: [Int64: Money]
    private let company: Company
    /// Texts that are the same for everybody are cut into parts once.
    private var plain: [String: OutgoingText] = [:]
    private var lacking: [BroadcastText.Place: [String]] = [:]
    private var longest = 0

    init(texts: [String: BroadcastText], credits: [Int64: Money], company: Company) {
        self.texts = texts
        self.credits = credits
        self.company = company
    }

    mutating func message(to member: AudienceMember) -> BroadcastPlan.BroadcastMessage? {
        guard let phone = PhoneNumber(e164: member.phone), let (language, text) = text(for: member.language) else {
            return nil
        }
        switch text.render({ value($0, member) }) {
        case .failure(let missing):
            lacking[missing.place, default: []].append(member.phone)
            return nil
        case .success(let words):
            let outgoing: OutgoingText
            if text.isPlain {
                outgoing = plain[language] ?? OutgoingText(words)
                plain[language] = outgoing
            } else {
                outgoing = OutgoingText(words)
            }
            longest = max(longest, outgoing.parts.count)
            guard longest <= TicketDesk.mostParts else { return nil }
            return .init(phone: phone, text: words, isUCS2: outgoing.coding == .ucs2, parts: outgoing.parts)
        }
    }

    /// In the person's language, else for everybody, else the company's first language that is there, else any.
    private func text(for language: String?) -> (String, BroadcastText)? {
        let wanted = [language, ""].compactMap { $0 } + company.languages + texts.keys.sorted()
        return wanted.lazy.compactMap { name in texts[name].map { (name, $0) } }.first
    }

    private func value(_ place: BroadcastText.Place, _ member: AudienceMember) -> String? {
        switch place {
        case .name: member.name
        case .surname: member.surname
        case .village: member.village
        case .miniGrid: member.miniGrid
        case .cluster: member.cluster
        case .serial: member.serial
        case .tariff: member.tariff
        case .credit: member.customer.map { company.text(credits[$0] ?? .zero) }
        case .company: company.name
        }
    }

    var refusals: [String] {
        var reasons = lacking.sorted { $0.key.rawValue < $1.key.rawValue }.map { place, phones in
            "\(phones.count) recipients have no {\(place.rawValue)}, \(phones[0]) for one; write {\(place.rawValue)|other words} or leave it out"
        }
        if longest > TicketDesk.mostParts {
            reasons.append("the text needs \(longest) SMS parts, and \(TicketDesk.mostParts) are the most")
        }
        return reasons
    }
}
