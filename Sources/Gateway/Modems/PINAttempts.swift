import Domain
import ModemLink
import Store
import Tokens

/// Records on disk which PINs were given to the SIM of one modem. It stores hashes, not the PINs.
package struct PINAttempts: PINMemory {
    private let store: Store
    private let clock: any WallClock
    private let modem: String
    /// The file that the PIN is read from.
    private let file: String

    package init(store: Store, clock: any WallClock, modem: String, file: String) {
        self.store = store
        self.clock = clock
        self.modem = modem
        self.file = file
    }

    /// - Throws: `StoreError`, or the error of hashing the PIN.
    package func willGive(_ pin: String) async throws -> String? {
        let modem = modem
        for given in try await store.read({ try $0.pins.given(to: modem) })
        where try PINHash.make(of: pin, salt: given.salt) == given.hash {
            return given.isRefused ? refusal : doubt
        }
        let salt = PINHash.salt()
        let hash = try PINHash.make(of: pin, salt: salt)
        let now = clock.now
        try await store.write { try $0.pins.give(to: modem, salt: salt, hash: hash, at: now) }
        return nil
    }

    /// - Throws: `StoreError`.
    package func refused() async throws -> String {
        let (modem, now) = (modem, clock.now)
        try await store.write { try $0.pins.refuseLast(of: modem, at: now) }
        return refusal
    }

    /// - Throws: `StoreError`.
    package func unlocked() async throws {
        let modem = modem
        guard try await !store.read({ try $0.pins.given(to: modem) }).isEmpty else { return }
        try await store.write { try $0.pins.forget(modem) }
    }

    private var refusal: String {
        "the SIM refused this PIN; put the correct PIN into \(file) and restart gridpost. Three wrong PINs lock the SIM"
    }

    private var doubt: String {
        """
        this PIN was given to the SIM before, but the SIM's answer was not received; it is not given again. Disable \
        the PIN in a phone, or put the correct PIN into \(file) if it is wrong, and restart gridpost. Three wrong \
        PINs lock the SIM
        """
    }
}
