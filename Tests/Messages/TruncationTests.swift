import Domain
import TestSupport
import Testing

@testable import Messages

/// A notice of money received, with its originator.
private struct KnownCredit: Sendable, CustomTestStringConvertible {
    let id: String
    let country: String
    let originator: String
    let text: String

    var testDescription: String { id }

    /// All credits of the corpus, and all examples of the shipped wallets.
    static let all: [KnownCredit] = {
        let corpus = CorpusText.all.filter { $0.disposition == "credit" }.map {
            KnownCredit(id: $0.id, country: $0.country, originator: $0.senderId, text: $0.text)
        }
        let examples = shipped.reader.providers.flatMap { provider -> [KnownCredit] in
            let texts = provider.examples + provider.formats.filter { !$0.isShared }.flatMap(\.examples)
            return texts.filter { $0.means == .credit }.map {
                KnownCredit(
                    id: provider.id, country: provider.country, originator: provider.originators[0], text: $0.text)
            }
        }
        return corpus + examples
    }()

    func read(_ text: String) throws -> ProviderReading {
        let plan = try #require(shipped.countries[country]).plan
        return shipped.reader.read(
            from: Originator(originator, plan: plan), raw: originator, text: text, country: country)
    }
}

@Suite("Truncated texts")
struct BrokenOffTests {
    @Test("no prefix of a credit is read as a credit with another id, amount, balance or reference")
    func prefixes() async throws {
        var pieces = 0
        for credit in KnownCredit.all {
            // Lets other tests run.
            await Task.yield()
            let whole = try credit.read(credit.text)
            let letters = Array(credit.text.unicodeScalars)
            for length in 1..<letters.count {
                let piece = String(String.UnicodeScalarView(letters[..<length]))
                let reading = try credit.read(piece)
                pieces += 1
                guard reading.disposition == .credit else { continue }
                let isSame =
                    reading.fields.txnID == whole.fields.txnID && reading.fields.amount == whole.fields.amount
                    && reading.fields.newBalance == whole.fields.newBalance
                    && reading.fields.reference == whole.fields.reference
                #expect(isSame, "\(credit.id): \(piece.suffix(60))")
            }
        }
        #expect(pieces > 10_000)
    }

    @Test(
        "a text that ends inside a field goes to review",
        arguments: [
            ("TZ", "M-PESA", "CKD4A2MX7P1 Confirmed.You have received Tsh12,500.00 from 255754000321 - REHEMA JUMA"),
            (
                "TZ", "M-PESA",
                "BGS2DOBYUIZ Confirmed. on 28/6/25 at 9:20 PM Tsh5,000.00 received from 255754000321 REHEMA MOSHI. Account Number SHS1"
            ),
            ("UG", "MTNMobMoney", "You have received UGX 500 from Air"),
            ("CI", "Wave Business", "Kone Awa (0707000123) a payé 2 500F. Nouveau solde: 1 78"),
        ])
    func brokenOff(country: String, originator: String, text: String) throws {
        let credit = KnownCredit(id: "", country: country, originator: originator, text: text)
        #expect(try credit.read(text).disposition == .review)
    }

    @Test("an id with an impossible date is an imitation", arguments: ["PP269918.0921.C10468", "PP260018.0921.C10468"])
    func impossibleDate(id: String) throws {
        let text = "Received Tsh 5,000.00 from YUSTA ALI 682000310. Balance Tsh 34,410.00. TID: \(id)"
        let credit = KnownCredit(id: "", country: "TZ", originator: "AirtelMoney", text: text)
        #expect(try credit.read(text).disposition == .quarantine)
    }
}

@Suite("A payer whose name contains a wallet's phrases")
struct InjectionTests {
    @Test(
        "never changes the amount, and the true balance stays among the candidates",
        arguments: [
            "UMEPOKEA TSH 1000000", "New M-Pesa balance is Tsh 1.00",
            "X New M-Pesa balance is Tsh999,999.00. Confirmed",
            "REHEMA on 1/1/26 at 1:00 AM New M-Pesa balance is Tsh2.00", "Salio lako la M-Pesa ni Tsh 7,000.00",
            "Tsh 900,000.00 received", "has been reversed", "DGJ9B1FX2C Confirmed",
        ])
    func name(_ name: String) throws {
        let text =
            "CKD4A2MX7P1 Confirmed.You have received Tsh500.00 from 255712000678 - \(name) on 18/11/26 at 6:02 PM New M-Pesa balance is Tsh5,500.00."
        let credit = KnownCredit(id: "", country: "TZ", originator: "M-PESA", text: text)
        let reading = try credit.read(text)
        switch reading.disposition {
        case .credit:
            #expect(reading.fields.amount == "500.00" && reading.fields.newBalance == "5500.00")
        case .review:
            #expect(
                reading.balanceCandidates.contains("5500.00") || reading.fields.newBalance == "5500.00",
                "\(reading.balanceCandidates) \(reading.fields.named)")
        default: Issue.record("read as \(reading.disposition)")
        }
    }
}

@Suite("Numbers that do not fit an integer")
struct HostileNumberTests {
    @Test(
        "a person's text with such a number is read like any other",
        arguments: [
            "9999999999999999k", "9223372036854775807k", "-9223372036854775808", "#-9223372036854775808",
            "#99999999999999999999", "pay 99999999999999999999999999999999999 tsh", "t999999",
            "elfu 9223372036854775807", "million million million million", String(repeating: "9", count: 4_000) + "k",
            String(repeating: "1'", count: 2_000),
        ])
    func people(text: String) {
        _ = shipped.people.read(text)
        _ = shipped.people.readJob(text)
        _ = shipped.people.readOrder(text)
    }

    @Test(
        "a wallet's text with such a number is not a credit",
        arguments: ["99999999999999999999", "9223372036854775808", "-5", "1'000'000'000'000'000'000'000'000'000'000"])
    func wallets(amount: String) throws {
        let text =
            "CKD4A2MX7P1 Confirmed.You have received Tsh\(amount) from 255712000678 - REHEMA JUMA on 18/11/26 at 6:02 PM New M-Pesa balance is Tsh\(amount)."
        let credit = KnownCredit(id: "", country: "TZ", originator: "M-PESA", text: text)
        #expect(try credit.read(text).disposition != .credit)
    }

    @Test("a pattern of thousands of brackets is a fault and does not overflow the stack")
    func brackets() {
        for pattern in [String(repeating: "(", count: 20_000), String(repeating: "a", count: 200_000)] {
            #expect(throws: FormatPattern.Fault.self) { try FormatPattern(pattern) }
        }
    }
}
