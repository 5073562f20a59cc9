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
        "an amount that is no positive sum of money is for a person",
        arguments: [
            "0", "0.00", "-1", "-500.00", "1" + String(repeating: "0", count: 30), "10.123", "1,00", "12,34,5.00",
        ])
    func badAmounts(amount: String) {
        #expect(read(received(amount)).disposition != .credit)
    }

    @Test(
        "an amount reads exactly",
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

    @Test("a text from a trusted originator that no format fits but that speaks of money received is for a person")
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
                switch Int.random(in: 0...4, using: &random) {
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
                default: scalars += Array(" You have received Tsh9,999,999.00 from X".unicodeScalars)
                }
                let mutated = String(String.UnicodeScalarView(scalars))
                let reading = read(mutated, from: text.senderId, country: text.country)
                guard reading.disposition == .credit else { continue }
                let digits = mutated.filter { $0 != "," }
                #expect(digits.contains(reading.fields.amount ?? "?"), "seed \(seed): \(mutated)")
                if let id = reading.fields.txnID { #expect(mutated.uppercased().contains(id)) }
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

    @Test("a format's faults are told with file and line")
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
                Issue.record("the faults were not seen")
            } catch let error as TOMLFaults {
                #expect(error.faults.contains { $0.line == 10 && $0.message.contains("did you mean 'pattern'") })
                #expect(error.faults.contains { $0.line == 11 && $0.message.contains("unknown field {amout}") })
            }
        }
    }
}
