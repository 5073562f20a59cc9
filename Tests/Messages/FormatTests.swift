import Domain
import Foundation
import StrictTOML
import TestSupport
import Testing

@testable import Messages

private func read(_ text: String, from originator: String = "M-PESA", country: String = "TZ") -> ProviderReading {
    let plan = shipped.countries[country]?.plan
    return shipped.reader.read(
        from: plan.map { Originator(originator, plan: $0) } ?? .alphanumeric(originator), raw: originator, text: text,
        country: country)
}

private func received(_ amount: String, name: String = "REHEMA JUMA", tail: String = "") -> String {
    "CKD4A2MX7P1 Confirmed.You have received Tsh\(amount) from 255754000321 - \(name) on 3/8/25 at 6:02 PM New M-Pesa balance is Tsh15,618.00.\(tail)"
}

@Suite("Payment formats")
struct FormatTests {
    @Test(
        "an amount that is not positive money goes to review",
        arguments: [
            "0", "0.00", "-1", "-500.00", "1" + String(repeating: "0", count: 30), "10.123", "1,00", "12,34,5.00",
        ])
    func badAmounts(amount: String) {
        #expect(read(received(amount)).disposition != .credit)
    }

    @Test(
        "an amount is read exactly",
        arguments: [("12,500.50", "12500.50"), ("500", "500"), ("1,234,567.00", "1234567.00"), ("0.50", "0.50")])
    func amounts(printed: String, exact: String) {
        let reading = read(received(printed))
        #expect(reading.disposition == .credit)
        #expect(reading.fields.amount == exact)
    }

    @Test("a payment phrase in a name changes neither amount nor balance nor id")
    func injection() {
        let reading = read(received("500.00", name: "UMEPOKEA TSH 1000000"))
        #expect(reading.disposition == .credit && reading.fields.amount == "500.00")
        let doubled = read(
            received("500.00", name: "A on 3/8/25 at 6:02 PM New M-Pesa balance is Tsh99,000.00. B"))
        #expect(doubled.disposition == .review)
    }

    @Test("spaces, line breaks, case and punctuation do not matter")
    func tolerance() {
        let plain = read(received("12,500.00"))
        for text in [
            received("12,500.00").replacingOccurrences(of: " ", with: "\u{A0} \n"), received("12,500.00").lowercased(),
            received("12,500.00").replacingOccurrences(of: "Confirmed.", with: "Confirmed!! "),
            received("12,500.00", tail: " Furahia M-Pesa na ushinde Tsh 1,000,000!"),
        ] {
            let reading = read(text)
            #expect(reading.disposition == .credit, "\(text)")
            #expect(reading.fields.amount == plain.fields.amount && reading.fields.txnID == plain.fields.txnID)
            #expect(
                reading.fields.newBalance == plain.fields.newBalance
                    && reading.fields.payerPhone == plain.fields.payerPhone)
        }
    }

    @Test("a text from a trusted originator that matches no format but mentions money received goes to review")
    func safetyNet() {
        #expect(read("Hongera! Umepokea Tsh 5,000 kwa njia mpya kabisa kutoka ng'ambo").disposition == .review)
        #expect(read("Karibu M-Pesa! Tumia zaidi, ushinde zaidi.").disposition == .ignore)
    }

    @Test(
        "look-alikes of an originator are quarantined",
        arguments: ["M-PESA ", "M PESA", "MPESA", "m-pesa", "М-РЕSА", "M-PE5A"])
    func lookAlikes(originator: String) {
        #expect(read(received("12,500.00"), from: originator).disposition == .quarantine)
    }

    @Test("no mutation of a text makes a credit with an amount or an id that is not in the text", arguments: 1...8)
    func fuzz(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        for text in CorpusText.all {
            for _ in 0..<6 {
                var scalars = Array(text.text.unicodeScalars)
                switch Int.random(in: 0...6, using: &random) {
                case 0: scalars = Array(scalars.prefix(Int.random(in: 0...scalars.count, using: &random)))
                case 1: scalars += scalars
                case 2:
                    for index in scalars.indices
                    where scalars[index].isDigit && Int.random(in: 0...9, using: &random) == 0 {
                        scalars[index] = Unicode.Scalar(UInt8(Int.random(in: 48...57, using: &random)))
                    }
                case 3:
                    scalars.insert(
                        contentsOf: "  \n".unicodeScalars, at: Int.random(in: 0...scalars.count, using: &random))
                case 4: scalars = Array(String(String.UnicodeScalarView(scalars)).swappingCase.unicodeScalars)
                case 5:
                    let from = Int.random(in: 0...scalars.count, using: &random)
                    scalars.removeSubrange(from..<min(scalars.count, from + Int.random(in: 1...12, using: &random)))
                default: scalars += Array(" You have received Tsh9,999,999.00 from X".unicodeScalars)
                }
                let mutated = String(String.UnicodeScalarView(scalars))
                let reading = read(mutated, from: text.senderId, country: text.country)
                guard reading.disposition == .credit else { continue }
                // A mutation makes a payment of another text only by removing the words that say it is not one.
                let isCut = scalars.count < text.text.unicodeScalars.count
                #expect(text.disposition == "credit" || isCut, "seed \(seed): \(mutated)")
                let figures = NormalizedText(mutated).text(0..<NormalizedText(mutated).scalars.count)
                let plain = figures.filter { $0 != "," && $0 != " " && $0 != "'" }
                let amount = reading.fields.amount ?? "?"
                let isPrinted =
                    plain.contains(amount) || plain.contains(amount.replacingOccurrences(of: ".", with: ""))
                    || figures.filter { $0 != "." && $0 != " " }.contains(
                        amount.replacingOccurrences(of: ".", with: ","))
                    || figures.filter { $0 != "." && $0 != "," && $0 != " " }.contains(amount)
                #expect(isPrinted, "seed \(seed): \(amount) in \(mutated)")
                if let id = reading.fields.txnID { #expect(figures.uppercased().contains(id)) }
            }
        }
    }

    @Test("hostile texts are read in bounded time")
    func hostile() {
        for text in [
            String(repeating: "You have received Tsh1 from ", count: 400), String(repeating: "A", count: 40_000),
            String(repeating: "1,", count: 5_000), "\u{0}\u{1}\u{2}\u{7f}\u{200B}", "",
            String(repeating: "Umepokea ", count: 3_000),
        ] {
            #expect(read(text).disposition != .credit)
        }
    }

    @Test("clauses of a list match in any order, any number of times, and matching terminates")
    func lists() throws {
        let tanzania = try #require(shipped.reader.provider("mpesa-tz"))
        func fit(_ pattern: String, _ text: String) throws -> FormatFit {
            FormatMatcher(
                IndexedText(NormalizedText(text), shipped.reader.index, shipped.reader.words), of: tanzania
            ).fit(try FormatPattern(pattern))
        }
        for text in [
            "got Tsh 5 fee Tsh 1 on 3/8/25", "got Tsh 5 on 3/8/25. fee: Tsh 1", "got Tsh 5, fee Tsh 1 on 3/8/25",
        ] {
            guard case .one(let captures) = try fit("got {amount} [fee {fee}|on {date}]*", text) else {
                Issue.record("\(text) does not match")
                continue
            }
            #expect(captures.amounts[.fee]?.decimal == "1" && captures.date != nil)
        }
        guard case .none = try fit("[[a]*|[b]*]*", "aaaa bbbb c") else { throw CancellationError() }
        guard case .ambiguous = try fit("got {amount} [{_text}] {tail}", "got Tsh 5") else { return }
        throw CancellationError()
    }

    @Test(
        "amounts are read in their country's notation",
        arguments: [
            ("BJ", "Recu 2.500,00 F", "2500.00"), ("BJ", "Recu 1 010,00 FCFA", "1010.00"),
            ("CI", "Recu 1 000.00 FCFA", "1000.00"), ("CI", "Recu 10.000F", "10000"),
            ("TZ", "Recu Tsh1,234,567.50", "1234567.50"),
            ("BD", "Recu Tk 12,34,567.00", "1234567.00"), ("MZ", "Recu 12,345.67MT", "12345.67"),
            ("SO", "Recu $ 0.50", "0.50"), ("CD", "Recu 0.1000 USD", "0.1000"), ("ZM", "Recu ZMW 21.00 ZMW", "21.00"),
            ("BD", "Recu Tk ১,০০০.০০", "1000.00"),
        ])
    func amountShapes(country: String, text: String, exact: String) throws {
        let amounts = try #require(shipped.countries[country]).amounts
        let folded = NormalizedText(text).folded
        let span = try #require(amounts.span(folded, at: 5, needsCurrency: true))
        #expect(amounts.read(folded, span).decimal == exact)
    }

    @Test("an id picture with too many variable lengths and too deeply nested brackets are rejected")
    func endlessPictures() {
        #expect(IdentifierShape(String(repeating: "X{0,64}", count: 4)) != nil)
        #expect(IdentifierShape(String(repeating: "X{0,64}", count: 5)) == nil)
        #expect(throws: FormatPattern.Fault.self) {
            try FormatPattern(String(repeating: "[", count: 100_000) + "a" + String(repeating: "]", count: 100_000))
        }
    }

    @Test("an index finds every phrase in one pass, including phrases inside others")
    func phrases() {
        let phrases = ["he", "she", "his", "hers", "recu de", "solde", "ብር"].map { Array($0.unicodeScalars) }
        let index = PhraseIndex(phrases)
        func found(_ text: String) -> [Int] {
            let found = index.find(in: Array(text.unicodeScalars))
            return phrases.indices.filter { found.contains(PhraseIndex.Number($0)) }
        }
        #expect(found("ushers") == [0, 1, 3])
        #expect(found("recu du solde, ብር 5") == [5, 6])
        #expect(found("") == [] && found("hi") == [])
    }

    @Test("a trial reports where a format stopped, and what it expected there")
    func trial() throws {
        let trials = shipped.reader.trials(
            raw: "M-PESA", text: "CKD4A2MX7P1 Confirmed. You have received 5,000 shillings from JUMA", country: "TZ",
            only: "mpesa-tz")
        let trial = try #require(trials.first { $0.found?.hasPrefix("5,000") == true })
        #expect(trial.understood?.hasSuffix("received ") == true && trial.fields == nil)
        #expect(trial.wanted.contains { $0.contains("{amount}") })
    }

    @Test("a format's faults are reported with file and line")
    func faults() async throws {
        try await Fixtures.withFolder { folder in
            let payments = folder.appendingPathComponent("payments")
            try FileManager.default.createDirectory(at: payments, withIntermediateDirectories: true)
            try """
            id = "mine-tz"
            name = "Mine"
            country = "TZ"
            originators = ["Mine"]

            [[formats]]
            id = "in"
            language = "en"
            means = "credit"
            patern = "x"
            pattern = "You got {amout} from {payer_name}"
            [[formats.examples]]
            text = "You got Tsh 5 from A"
            """.write(to: payments.appendingPathComponent("mine-tz.toml"), atomically: true, encoding: .utf8)
            let templates = Fixtures.checkout.appendingPathComponent("templates").path
            do {
                _ = try Library(LibraryFolders(shipped: templates, overrides: folder.path))
                Issue.record("the faults were not detected")
            } catch let error as TOMLFaults {
                #expect(error.faults.contains { $0.line == 10 && $0.message.contains("did you mean 'pattern'") })
                #expect(error.faults.contains { $0.line == 11 && $0.message.contains("unknown field {amout}") })
            }
        }
    }
}

extension String {
    fileprivate var swappingCase: String {
        String(
            map {
                $0.isUppercase ? Character($0.lowercased()) : Character($0.uppercased().first.map(String.init) ?? "")
            })
    }
}
