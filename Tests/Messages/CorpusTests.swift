import Domain
import Foundation
import TestSupport
import Testing

@testable import Messages

/// One text of the corpus and how it is to be read.
struct CorpusText: Decodable, Sendable, CustomTestStringConvertible {
    let id: String
    let country: String
    let senderId: String
    let text: String
    let disposition: String
    let expected: [String: String?]
    let stateful: Bool?

    var testDescription: String { id }

    /// The texts of the countries that formats were written for; those that need the daemon's memory left out.
    static let all: [CorpusText] = {
        do {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            let texts = try decoder.decode([CorpusText].self, from: try Fixtures.data("sms.json"))
            return texts.filter { ["TZ", "KE"].contains($0.country) && $0.stateful != true }
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

@Suite("Providers' texts")
struct CorpusTests {
    @Test("a text reads as wanted", arguments: CorpusText.all)
    func reads(_ text: CorpusText) throws {
        let plan = try #require(shipped.countries[text.country]).plan
        let reading = shipped.reader.read(
            from: Originator(text.senderId, plan: plan), raw: text.senderId, text: text.text, country: text.country)
        let disposition = reading.disposition == .person ? .ignore : reading.disposition
        #expect(disposition.rawValue == text.disposition, "\(reading.reason ?? "") \(reading.format ?? "")")
        guard disposition != .quarantine else { return }
        for (name, wanted) in text.expected {
            #expect(reading.fields.named[name] == wanted, "\(name)")
        }
    }

    @Test("every shipped format is proved by its examples")
    func examples() throws { try shipped.reader.prove() }

    @Test("the corpus is there")
    func complete() { #expect(CorpusText.all.count == 81) }
}
