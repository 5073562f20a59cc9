import Domain
import Messages
import Store

/// A request to send a broadcast.
package struct BroadcastOrder: Sendable {
    package var audience: Audience
    /// The text for each language; the text under the empty key is for all other languages.
    package var texts: [String: String]
    package var broadcastClass: BroadcastClass
    /// When to start; `nil` for at once.
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

/// Why a broadcast is refused, with all reasons.
package struct BroadcastRefusal: Error, Sendable, CustomStringConvertible {
    package let reasons: [String]
    package var description: String { reasons.joined(separator: "; ") }
}

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

/// Renders the messages of a broadcast and collects the reasons why some cannot be rendered.
private struct LetterWriter {
    private let texts: [String: BroadcastText]
    private let credits: [Int64: Money]
    private let company: Company
    /// Texts without places are split into parts only once.
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

    /// The text in the member's language, else the general one, else in a language of the company, else any.
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
            "\(phones.count) recipients have no {\(place.rawValue)}, for example \(phones[0]); write {\(place.rawValue)|other words} or leave it out"
        }
        if longest > TicketDesk.mostParts {
            reasons.append("the text needs \(longest) SMS parts; the maximum is \(TicketDesk.mostParts)")
        }
        return reasons
    }
}
