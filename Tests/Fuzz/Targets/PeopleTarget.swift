import Domain

@testable import Messages

/// Texts of customers, contractors and staff.
enum PeopleTarget {
    private struct CorpusText: Decodable {
        let text: String
    }

    private static let own = ["04512233", "01450000011", "SHS00012LO1", "000", "600727000000000009"].compactMap {
        Serial($0)
    }

    static func run(_ input: [UInt8]) throws(BrokenRule) {
        let text = text(of: input)
        let people = Seeds.library.people
        let reading = people.read(text)
        try rule(!reading.intents.isEmpty, "the text has no intent")
        if let token = reading.slots.token {
            try rule(token.count == 20, "a token of \(token.count) digits")
        }
        _ = people.readJob(text)
        if case .say(let ticket, _) = people.readOrder(text) {
            try rule(ticket >= 0, "ticket \(ticket)")
        }
        _ = people.saysYes(text)
        let named = OwnSerials.named(in: text, among: own)
        try rule(named.allSatisfy(own.contains), "a serial that is not the sender's own")
        _ = Serial.candidates(in: String(text.prefix(400)))
    }

    static let seeds: [String] =
        Seeds.fixture("customers.json", as: [CorpusText].self).map(\.text) + [
            "#12 we are on our way", "CLOSE #12 mended", "reopen 12", "status", "close ticket 12: line is up",
            "job 7 accept", "done 7", "t64 done", "no 7", "ok, done?", "yes", "ndiyo", "oui", "sim",
            "nimelipa elfu mbili mia tano", "paid two thousand five hundred for 04512233", "j'ai payé dix mille",
            "paguei dois mil e quinhentos", "5k", "5,000/=", "2.000,00 mt", "ksh500",
            "1234 5678 9012 3456 7890 rejected",
            "error 30", "txn QK12ABCD34 5000tsh meter 0451-2233", "mita o45l2233",
        ]

    static let words = [
        "#", "k", "/=", "tsh", "ksh", "mt", "fcfa", "ticket ", "close ", "reopen ", "status", "million", "thousand",
        "hundred", "mia", "elfu", "laki", "mil", "mille", "token", "error ", "paid ", "stop", "meter ", "04512233",
        "wire down", "no power", "ndiyo", "?", ".", "\u{301}", "\u{200f}", "😀",
    ]
}
