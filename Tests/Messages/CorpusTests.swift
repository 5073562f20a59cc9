import Domain
import Foundation
import TestSupport
import Testing

@testable import Messages

/// One text of the corpus with its expected reading.
struct CorpusText: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let country: String
    let senderId: String
    let text: String
    let disposition: String
    let expected: [String: String?]
    let stateful: Bool?

    var testDescription: String { id }

    /// All texts except those that need the daemon's database.
    static let all: [CorpusText] = {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let texts = try decoder.decode([CorpusText].self, from: try Fixtures.data("sms.json"))
            return texts.filter { $0.stateful != true }
        } catch {
            Issue.record("the corpus cannot be read: \(error)")
            return []
        }
    }()
}

let shipped: Library = {
    do {
        return try Library(
            LibraryFolders(shipped: Fixtures.checkout.appendingPathComponent("templates").path, overrides: nil))
    } catch {
        fatalError("the shipped templates do not load:\n\(error)")
    }
}()

@Suite("Provider texts")
struct CorpusTests {
    /// Fields where the corpus and the country's number plan differ: 07 is a mobile prefix of Burkina Faso, but the
    /// corpus expects no number.
    private static let debatable = ["dev-009": "payer_msisdn"]

    /// Credits of the corpus that equal a prefix of another credit: they may be truncated, so they go to review.
    private static let brokenOff: Set<String> = ["dev-080", "dev-081", "dev-133", "dev-160"]

    private static func wanted(_ text: CorpusText) -> String {
        brokenOff.contains(text.id) ? "review" : text.disposition
    }

    private static func read(_ text: CorpusText) throws -> ProviderReading {
        let plan = try #require(shipped.countries[text.country]).plan
        var reading = shipped.reader.read(
            from: Originator(text.senderId, plan: plan), raw: text.senderId, text: text.text, country: text.country)
        if reading.disposition == .person { reading.disposition = .ignore }
        return reading
    }

    @Test("a text is read as expected, a payment with every field", arguments: CorpusText.all)
    func reads(_ text: CorpusText) throws {
        let reading = try Self.read(text)
        #expect(
            reading.disposition.rawValue == Self.wanted(text), "\(reading.reason ?? "") \(reading.format ?? "")")
        guard reading.disposition == .credit else { return }
        for (name, wanted) in text.expected where Self.debatable[text.id] != name && name != "payer_msisdn_masked" {
            #expect(reading.fields.named[name] == wanted, "\(name)")
        }
    }

    @Test("without a country the reading is the same or a review, never another amount")
    func withoutCountry() throws {
        for text in CorpusText.all {
            let plan = try #require(shipped.countries[text.country]).plan
            let reading = shipped.reader.read(
                from: Originator(text.senderId, plan: plan), raw: text.senderId, text: text.text, country: nil)
            guard reading.disposition == .credit else { continue }
            #expect(text.disposition == "credit", "\(text.id)")
            #expect(reading.fields.amount == text.expected["amount"] ?? nil, "\(text.id)")
        }
    }

    @Test("all texts of the corpus, counted by disposition")
    func account() throws {
        var asWanted: [String: Int] = [:]
        var all: [String: Int] = [:]
        var withBalance = (read: 0, wanted: 0)
        for text in CorpusText.all {
            let reading = try Self.read(text)
            all[text.disposition, default: 0] += 1
            if reading.disposition.rawValue == text.disposition { asWanted[text.disposition, default: 0] += 1 }
            if text.disposition == "ignore", let balance = text.expected["new_balance"] ?? nil {
                withBalance.wanted += 1
                if reading.fields.newBalance == balance { withBalance.read += 1 }
            }
        }
        for (disposition, count) in all.sorted(by: { $0.key < $1.key }) {
            print("corpus: \(disposition) \(asWanted[disposition] ?? 0) of \(count) read as expected")
        }
        print("corpus: balances of ignored texts \(withBalance.read) of \(withBalance.wanted)")
        asWanted["credit", default: 0] += Self.brokenOff.count
        #expect(all == asWanted)
        // The anchored chain needs these balances.
        #expect(withBalance.read == withBalance.wanted)
    }

    @Test("every wallet has an example of each meaning")
    func everyMeaning() {
        for provider in shipped.reader.providers {
            let own = provider.formats.filter { !$0.isShared }.flatMap(\.examples)
            for meaning in FormatMeaning.allCases {
                #expect(
                    (provider.examples + own).contains { $0.means == meaning }, "\(provider.id) \(meaning.rawValue)")
            }
        }
    }

    @Test("no wallet has a phone number as originator")
    func originators() {
        for provider in shipped.reader.providers {
            for originator in provider.originators {
                #expect(Originator(originator, plan: provider.plan).phone == nil, "\(provider.id) \(originator)")
            }
        }
    }

    @Test("every shipped format reads its examples as declared")
    func examples() throws { try shipped.reader.prove() }

    @Test("the corpus is complete")
    func complete() { #expect(CorpusText.all.count == 170) }
}
