import Domain
import Foundation
import Gateway
import Store
import TestSupport
import Testing

@Suite("Stored PIN attempts")
struct PINNotesTests {
    private func notes(_ store: Store, modem: String = "office") -> PINAttempts {
        PINAttempts(store: store, clock: SystemClock(), modem: modem, file: "/etc/gridpost/office.pin")
    }

    @Test("a refused PIN is known after a restart, and another PIN does not clear it")
    func refused() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let first = try Store(path: path)
            #expect(try await notes(first).willGive("9999") == nil)
            #expect(try await notes(first).refused().contains("put the correct PIN into /etc/gridpost/office.pin"))
            try first.close()

            let second = try Store(path: path)
            #expect(try await notes(second).willGive("9999")?.contains("the SIM refused this PIN") == true)
            #expect(try await notes(second).willGive("8888") == nil)
            #expect(try await notes(second).willGive("9999")?.contains("the SIM refused this PIN") == true)
            #expect(try await notes(second, modem: "other").willGive("9999") == nil)
            try second.close()
        }
    }

    @Test("a PIN whose answer was not received is not given again until the SIM is unlocked")
    func doubt() async throws {
        try await Fixtures.withFolder { folder in
            let path = folder.appendingPathComponent("db").path
            let first = try Store(path: path)
            #expect(try await notes(first).willGive("1234") == nil)
            try first.close()

            let second = try Store(path: path)
            #expect(try await notes(second).willGive("1234")?.contains("the SIM's answer was not received") == true)
            try await notes(second).unlocked()
            #expect(try await notes(second).willGive("1234") == nil)
            try second.close()
        }
    }

    @Test("only a salted hash of a PIN is stored")
    func hashes() async throws {
        try await Fixtures.withFolder { folder in
            let store = try Store(path: folder.appendingPathComponent("db").path)
            for modem in ["a", "b"] { #expect(try await notes(store, modem: modem).willGive("1234") == nil) }
            let kept = try await store.read { try $0.pins.given(to: "a") + $0.pins.given(to: "b") }
            #expect(kept.count == 2 && kept.allSatisfy { $0.salt.count == 16 && $0.hash.count == 32 })
            #expect(Set(kept.map(\.hash)).count == 2)
            try store.close()
        }
    }
}
