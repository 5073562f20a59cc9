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
        let amount: String?
        let error: String?
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

@Suite("Texts from people")
struct PeopleTests {
    @Test("a customer's text is read as expected", arguments: CustomerText.all(["customer", "unknown"]))
    fileprivate func customers(_ text: CustomerText) {
        let reading = shipped.people.read(text.text)
        let wanted = text.expected
        if wanted.intent == "ticket_reply" {
            // The reply refers to the open ticket, which the text does not name.
            #expect(reading.reply?.rawValue == wanted.status)
            return
        }
        let intents = reading.intents.map(\.rawValue)
        #expect(intents == wanted.intents ?? [wanted.intent], "\(reading.because)")
        if let amount = wanted.amount { #expect(reading.slots.amount == amount) }
        if let error = wanted.error { #expect(reading.slots.error == error) }
        let own = (text.context.meters ?? []).compactMap { Serial($0) }
        let named = OwnSerials.named(in: text.text, among: own)
        if let meter = wanted.meter { #expect(named.map(\.text) == [meter]) }
        if let scope = wanted.scope { #expect(reading.slots.scope?.rawValue == scope) }
        if let language = wanted.languageTo { #expect(reading.slots.languageTo == language) }
        if let token = wanted.token { #expect(reading.slots.token == token) }
    }

    @Test("a contractor's text is read as expected", arguments: CustomerText.all(["contractor"]))
    fileprivate func contractors(_ text: CustomerText) {
        let reading = shipped.people.readJob(text.text)
        let answers = JobAnswer.allCases.map(\.rawValue)
        if let status = text.expected.status, answers.contains(status) {
            #expect(reading.answer?.rawValue == status)
        } else {
            #expect(reading.answer == nil)
            #expect(reading.isUnderWay == (text.expected.status == "in_progress"))
        }
        if let ticket = reading.ticket { #expect(ticket == text.expected.ticket) }
    }

    @Test(
        "amounts are read in words and in digits",
        arguments: [
            ("nimelipa elfu mbili mia tano sijapata token", "2500"), ("nimelipa laki moja jana", "100000"),
            ("I paid two thousand five hundred no token", "2500"), ("i sent 2k no token", "2000"),
            ("i paid 5,000/= no token", "5000"), ("paguei dois mil e quinhentos nao recebi nada", "2500"),
            ("jai paye deux mille rien recu", "2000"), ("jai paye 2500F rien recu", "2500"),
            ("paguei 2.000,00 MT nada de codigo", "2000"), ("nimelipa Tsh 1,250,000 sijapata token", "1250000"),
            ("i paid 1500 for meter 04512233 at 9am no token", "1500"), ("niliwatumia jero token haijafika", "500"),
        ])
    func amounts(text: String, amount: String) {
        #expect(shipped.people.read(text).slots.amount == amount)
    }

    @Test(
        "numbers with another meaning are not amounts",
        arguments: [
            "token 4730 0267 3341 9001 2614 not working", "no light since 6pm", "ticket 12 still no light", "error 30",
            "balance 04512233", "#12 hello", "no power since 14:30", "at house 7",
        ])
    func noAmounts(text: String) {
        #expect(shipped.people.read(text).slots.amount == nil, "\(shipped.people.read(text).slots)")
    }

    @Test(
        "abbreviations, typos and mixed languages are understood",
        arguments: [
            ("tkn pls i lost it", Intent.resendToken), ("hw much is 1 unit nw", .tariff), ("no lite here pls", .outage),
            ("nmelipa elfu mbili cjapata token", .paymentClaim), ("cmt payer svp", .howToPay),
            ("qto devo", .debt), ("o token n entra", .tokenProblem), ("slt je ve voir mon sold", .balance),
            ("tokeni inagoma kuingia", .tokenProblem), ("light is off depuis le matin", .outage),
            ("sorry wrong number", .wrongNumber), ("bei ya unit moja pls", .tariff),
        ])
    func shorthand(text: String, intent: Intent) {
        let reading = shipped.people.read(text)
        #expect(reading.intents == [intent], "\(reading.because)")
    }

    @Test("several intents in one text are all read, in the order of the text")
    func several() {
        let people = shipped.people
        #expect(people.read("balance and also resend token").intents == [.balance, .resendToken])
        #expect(
            people.read("i paid 3000 no token. also whole village is dark since noon").intents == [
                .paymentClaim, .outage,
            ])
        #expect(people.read("salio na bei ya unit moja tafadhali").intents == [.balance, .tariff])
        // A repeated intent counts once, and STOP beside a complaint is not an order.
        #expect(people.read("balance and balance").intents == [.balance])
        #expect(people.read("Stop. token not working").intents == [.tokenProblem])
    }

    @Test(
        "keywords with another meaning are no intents",
        arguments: [
            "balance bike repair", "do u still have maize 4 sale, wat price per bag", "arsenal were on fire",
            "i paid the school fees of Joan already", "nimelipa ada ya shule", "le match dhier cetait le feu",
            "ja paguei a escola das criancas", "una mahindi? gunia bei gani",
        ])
    func otherSenses(text: String) {
        #expect(shipped.people.read(text).intents == [.unclear], "\(shipped.people.read(text).because)")
    }

    @Test("'no fire' is not a danger, and 'fire' is")
    func negatedDanger() {
        #expect(shipped.people.read("no fire, only no light").intents == [.outage])
        #expect(shipped.people.read("fire at the pole, no light").intents == [.safety])
    }

    @Test("own serials are found with typos, other customers' serials never")
    func ownSerials() throws {
        let own = try ["04512233", "37212000040", "0118MAT"].map { try #require(Serial($0)) }
        for text in ["4512233", "0451 2233", "04512-233", "o45l2233", "mita 045.122.33 tafadhali"] {
            #expect(OwnSerials.named(in: text, among: own) == [own[0]], "\(text)")
        }
        for text in ["0451223", "04512234", "104512233", "045122330", "45122", "0118MA", "salio"] {
            #expect(OwnSerials.named(in: text, among: own) == [], "\(text)")
        }
    }

    @Test("an order from staff is recognised, and other texts are not orders")
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

    @Test("any text can be read")
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

    @Test("a sum too large for an integer is not an amount", arguments: ["9999999999999999k", "9223372036854775807k"])
    func overflow(text: String) {
        #expect(shipped.people.read("i paid \(text)").slots.amount == nil)
    }

    @Test("every answerable intent is recognised in every language")
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
