import Foundation
import Messages
import TestSupport
import Testing

@Suite("Queries to networks")
struct NetworkQueryTests {
    /// With a query that knows the text of a service that is away.
    private static func query(_ body: (NetworkQuery) throws -> Void) async throws {
        try await Fixtures.withFolder { folder in
            let networks = folder.appendingPathComponent("ussd/networks")
            try FileManager.default.createDirectory(at: networks, withIntermediateDirectories: true)
            try """
            network = "vodacom"
            country = "TZ"
            [[queries]]
            id = "wallet"
            dial = "*150*00#"
            answers = ["6", "{pin}"]
            pin_prompts = ["weka pin", "ingiza PIN"]
            not_now = ["Huduma haipatikani, jaribu baadaye."]
            balance_after = ["salio lako ni"]
            [[queries.examples]]
            text = "Salio lako ni Tsh 15,618.00"
            balance = "15618.00"
            """.write(to: networks.appendingPathComponent("own.toml"), atomically: true, encoding: .utf8)
            let templates = Fixtures.checkout.appendingPathComponent("templates").path
            let library = try Library(LibraryFolders(shipped: templates, overrides: folder.path))
            try body(try #require(library.queries["own/wallet"]))
        }
    }

    @Test("a service is away only if that is all it says; a wrong PIN is never taken for it")
    func notNow() async throws {
        try await Self.query { query in
            for text in [
                "Huduma haipatikani, jaribu baadaye.", "huduma haipatikani, JARIBU BAADAYE",
                "  Huduma haipatikani,\njaribu baadaye !",
            ] { #expect(query.saysNotNow(text), "\(text)") }
            for text in [
                "PIN si sahihi. Huduma haipatikani, jaribu baadaye.",
                "Huduma haipatikani, jaribu baadaye. PIN 2 zimebaki", "",
                "jaribu baadaye", "2 Huduma haipatikani, jaribu baadaye.",
            ] { #expect(!query.saysNotNow(text), "\(text)") }
        }
    }

    @Test("the words that ask for the PIN are found in any case")
    func prompts() async throws {
        try await Self.query { query in
            #expect(query.asksForPIN("Tafadhali WEKA  PIN yako") && query.asksForPIN("Ingiza pin") && query.needsPIN)
            #expect(!query.asksForPIN("6 Badili PIN") && !query.asksForPIN(""))
        }
    }
}
