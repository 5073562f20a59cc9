import TestSupport
import Testing

@testable import Messages

@Suite("Short message texts")
struct GSMTextTests {
    @Test("septets decode to the original text")
    func roundTrip() throws {
        let text = "Token 0123 @£$ {[~|^€]} ÄÖÜ äöü ñ à É Δ \\"
        let septets = try #require(GSMAlphabet.septets(of: text))
        #expect(GSMAlphabet.text(of: septets) == text)
        #expect(GSMAlphabet.septets(of: "я") == nil)
    }

    @Test("typographic characters do not double the price")
    func transliteration() {
        let text = OutgoingText("“Karibu” – l’énergie… à 5\u{A0}000")
        #expect(text.coding == .gsm7)
        #expect(text.parts == ["\"Karibu\" - l'énergie... à 5 000"])
    }

    @Test(
        "a text is split at the limits of the coding",
        arguments: [
            (String(repeating: "a", count: 160), [160]), (String(repeating: "a", count: 161), [153, 8]),
            (String(repeating: "€", count: 80), [80]), (String(repeating: "€", count: 81), [76, 5]),
            (String(repeating: "я", count: 70), [70]), (String(repeating: "я", count: 71), [67, 4]),
            (String(repeating: "😀", count: 36), [33, 3]), ("", [0]),
        ])
    func cuts(text: String, counts: [Int]) {
        let outgoing = OutgoingText(text)
        #expect(outgoing.parts.map { $0.unicodeScalars.count } == counts)
        #expect(outgoing.parts.joined() == text)
    }

    @Test("splitting loses and adds no character, and every part fits")
    func properties() {
        var random = SeededGenerator(seed: 3)
        let letters = Array("abc €[]{}\\~^|äÖя😀漢\n'’…".unicodeScalars)
        for _ in 0..<500 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...500, using: &random) {
                text.append(letters[Int.random(in: 0..<letters.count, using: &random)])
            }
            let outgoing = OutgoingText(String(text))
            for part in outgoing.parts {
                switch outgoing.coding {
                case .gsm7:
                    #expect((GSMAlphabet.septets(of: part)?.count ?? 999) <= (outgoing.parts.count == 1 ? 160 : 153))
                case .ucs2: #expect(part.utf16.count <= (outgoing.parts.count == 1 ? 70 : 67))
                }
            }
        }
    }

    @Test("every shipped text renders in every language, in the GSM alphabet and within two parts")
    func shippedTexts() throws {
        let values = [
            "token": "1234 5678 9012 3456 7890", "units": "1638.3", "serial": "01450000011", "amount": "TZS 1,250,000",
            "reference": "CKD4A2MX7P1", "payer": "REHEMA JUMA MOSHI", "name": "Solar pump", "open": "TZS 1,000,000",
            "credit": "TZS 1,250", "minimum": "TZS 500",
            "list": "1 = 01450000011\n2 = 01450000029",
            "company": "Umeme wa Kijiji", "number": "12345", "text": "We come tomorrow at nine with a new breaker box.",
            "reason": "The breaker was replaced.", "place": "Kisiwa cha Pwani", "note": "Back at about six today.",
            "overdue": "TZS 350,000", "access": "TZS 30,000", "next": "TZS 350,000", "date": "2026-11-30",
            "clear": "You owe nothing.", "price": "TZS 15,000", "task": "Replace the main breaker of the powerhouse",
            "deadline": "2026-11-30", "time": "14:05", "payments": "120", "suspense": "4", "queue": "12",
            "tickets": "7",
            "modems": "office ok", "category": "payment", "count": "12",
            "currency": "KES", "company_currency": "TZS", "ceiling": "500,000.00",
            "wallet": "TZS 1,250,000", "text_balance": "TZS 1,250,500", "printed": "2026-11-21T18:02",
            "sent": "2026-11-23T09:00", "id": "PP261399.0930", "id_date": "2026-11-21", "message": "12345",
            "days": "365", "debt": "TZS 1,250,000", "held": "12", "tokens": "3",
        ]
        for language in shipped.texts.languages {
            for name in TextName.allCases {
                let text = try shipped.texts.render(name, [language], values)
                let outgoing = OutgoingText(text)
                #expect(outgoing.coding == .gsm7 && outgoing.parts.count <= 2, "\(language) \(name)")
                #expect(!text.contains("{"))
            }
        }
    }

    @Test("a template with an unknown placeholder, or without a required one, is rejected")
    func templates() throws {
        #expect(throws: TextTemplate.Fault.self) { try TextTemplate("Token {tokn}", for: .token) }
        #expect(throws: TextTemplate.Fault.self) { try TextTemplate("Token {token}", for: .token) }
        #expect(throws: TextTemplate.Fault.self) { try TextTemplate("Token {token", for: .token) }
        let template = try TextTemplate("We got {amount}.\nRef {reference}.", for: .received)
        #expect(template.render(["amount": "5"]) == "We got 5.")
        #expect(throws: Texts.MissingValue.self) { try shipped.texts.render(.token, ["en"], ["token": "1"]) }
    }
}
