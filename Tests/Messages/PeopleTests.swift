import Domain
import Foundation
import TestSupport
import Testing

@testable import Messages

private struct CustomerText: Decodable, Sendable, CustomTestStringConvertible {
    struct Context: Decodable, Sendable {
        let meters: [String]?
    }

    struct Expected: Decodable, Sendable {
        let intent: String
        let intents: [String]?
        let meter: String?
        let ticket: Int64?
        let status: String?
        let scope: String?
        let languageTo: String?
        let token: String?
    }

    let id: String
    let senderRole: String
    let text: String
    let expected: Expected
    let context: Context

    var testDescription: String { id }

    static func all(_ roles: Set<String>, but left: Set<String> = []) -> [CustomerText] {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode([CustomerText].self, from: try Fixtures.data("customers.json"))
                .filter { roles.contains($0.senderRole) && !left.contains($0.id) }
        } catch {
            Issue.record("the corpus cannot be read: \(error)")
            return []
        }
    }
}

@Suite("What people write")
struct PeopleTests {
    /// These need what a text alone does not tell: the open ticket, and amounts to weigh two readings by.
    private static let later: Set<String> = ["cdev-022", "cdev-044", "cdev-061"]

    @Test("a customer's text reads as wanted", arguments: CustomerText.all(["customer", "unknown"], but: later))
    fileprivate func customers(_ text: CustomerText) {
        let reading = shipped.people.read(text.text)
        let wanted = text.expected
        let intents = reading.intents.map(\.rawValue)
        #expect(intents == wanted.intents ?? [wanted.intent], "\(reading.because)")
        let own = (text.context.meters ?? []).compactMap { Serial($0) }
        let named = OwnSerials.named(in: text.text, among: own)
        if let meter = wanted.meter { #expect(named.map(\.text) == [meter]) }
        if let scope = wanted.scope { #expect(reading.slots.scope?.rawValue == scope) }
        if let language = wanted.languageTo { #expect(reading.slots.languageTo == language) }
        if let token = wanted.token { #expect(reading.slots.token == token) }
    }

    @Test("a contractor's text reads as wanted", arguments: CustomerText.all(["contractor"]))
    fileprivate func contractors(_ text: CustomerText) {
        let reading = shipped.people.readJob(text.text)
        let answers = JobAnswer.allCases.map(\.rawValue)
        if let status = text.expected.status, answers.contains(status) {
            #expect(reading.answer?.rawValue == status)
        } else {
            #expect(reading.answer == nil)
        }
        if let ticket = reading.ticket { #expect(ticket == text.expected.ticket) }
    }

    @Test("own serials are found with slips of the thumb, another's never")
    func ownSerials() throws {
        let own = try ["04512233", "37212000040", "0118MAT"].map { try #require(Serial($0)) }
        for text in ["4512233", "0451 2233", "04512-233", "o45l2233", "mita 045.122.33 tafadhali"] {
            #expect(OwnSerials.named(in: text, among: own) == [own[0]], "\(text)")
        }
        for text in ["0451223", "04512234", "104512233", "045122330", "45122", "0118MA", "salio"] {
            #expect(OwnSerials.named(in: text, among: own) == [], "\(text)")
        }
    }

    @Test("an order of staff is one, and nothing else is")
    func orders() {
        let reader = shipped.people
        #expect(reader.readOrder("#12 We come.") == .say(ticket: 12, text: "We come."))
        #expect(reader.readOrder(" #12: We come.\nTomorrow") == .say(ticket: 12, text: "We come.\nTomorrow"))
        #expect(reader.readOrder("#12") == .say(ticket: 12, text: ""))
        #expect(reader.readOrder("#99999999999999999999999 x") == .say(ticket: .max, text: "x"))
        #expect(reader.readOrder("close #12 breaker replaced") == .close(ticket: 12, reason: "breaker replaced"))
        #expect(reader.readOrder("FUNGA #12") == .close(ticket: 12, reason: nil))
        #expect(reader.readOrder("fermer #7") == .close(ticket: 7, reason: nil))
        #expect(reader.readOrder("close 3 mended") == .close(ticket: 3, reason: "mended"))
        #expect(reader.readOrder("REOPEN #3") == .reopen(ticket: 3))
        #expect(reader.readOrder("fungua tena 3") == .reopen(ticket: 3))
        #expect(reader.readOrder("Status") == .status)
        for text in ["#", "# ", "please close the door 12", "what is the status of my token", "12 hello", ""] {
            #expect(reader.readOrder(text) == nil, "\(text)")
        }
    }

    @Test("no text is too odd to be read")
    func odd() {
        var random = SeededGenerator(seed: 11)
        let letters = Array("abz #0129?!'-\n\u{0}é😀漢\u{202E}stop token umeme done ".unicodeScalars)
        for _ in 0..<300 {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...300, using: &random) {
                text.append(letters[Int.random(in: 0..<letters.count, using: &random)])
            }
            let reader = shipped.people
            #expect(!reader.read(String(text)).intents.isEmpty)
            _ = reader.readJob(String(text))
            _ = reader.readOrder(String(text))
            _ = reader.saysYes(String(text))
        }
    }

    @Test("every intent that is answered can be asked for in every language")
    func everyLanguage() {
        let asked: [(Intent, [String])] = [
            (.balance, ["balance", "salio", "solde", "saldo"]), (.debt, ["debt", "deni", "dette", "divida"]),
            (.resendToken, ["token", "tokeni", "jeton", "reenviar"]), (.tariff, ["price", "bei", "prix", "preco"]),
            (.howToPay, ["how to pay", "jinsi ya kulipa", "comment payer", "como pagar"]),
            (.help, ["help", "msaada", "aide", "ajuda"]), (.optOut, ["stop", "simamisha", "arret", "parar"]),
            (.optIn, ["start", "anza", "debut", "iniciar"]),
            (.setLanguage, ["english", "kiswahili", "francais", "portugues"]),
            (.outage, ["no power", "hakuna umeme", "pas de courant", "sem energia"]),
            (.safety, ["wire on the ground", "waya uko chini", "fil par terre", "fio no chao"]),
            (.reopen, ["reopen", "fungua tena", "rouvrir", "reabrir"]),
        ]
        for (intent, texts) in asked {
            for (text, language) in zip(texts, ["en", "sw", "fr", "pt"]) {
                let reading = shipped.people.read(text)
                #expect(reading.intents == [intent], "\(text): \(reading.because)")
                if intent != .resendToken { #expect(reading.language == language, "\(text)") }
            }
        }
    }
}
