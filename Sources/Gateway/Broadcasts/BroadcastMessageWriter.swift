import Domain
import Messages
import Store

/// Renders the messages of a broadcast and collects the reasons why some cannot be rendered.
struct BroadcastMessageWriter {
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
