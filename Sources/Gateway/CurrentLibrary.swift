import Messages
import NIOConcurrencyHelpers

/// The templates and formats in force: replaced as a whole when they are read again, or when a wallet is switched on.
package final class CurrentLibrary: Sendable {
    private struct Loaded {
        let texts: Texts
        let people: TextReader
        let reader: PaymentReader
        let walletIDs: Set<String>

        init(_ library: Library) {
            texts = library.texts
            people = library.people
            reader = library.reader
            walletIDs = library.walletIDs
        }
    }

    private struct State {
        var loaded: Loaded
        var switchedOn: Set<String> = []
    }

    private let state: NIOLockedValueBox<State>
    /// The wallets that the configuration lists.
    private let listed: Set<String>
    private let read: @Sendable (Set<String>) throws -> Library

    /// `read` reads the files anew, with the formats of the given wallets. `library` is what it read with those listed.
    package init(
        _ library: Library, listed: Set<String>, read: @escaping @Sendable (Set<String>) throws -> Library
    ) {
        self.listed = listed
        self.read = read
        state = NIOLockedValueBox(State(loaded: Loaded(library)))
    }

    /// Wallets that staff switched on, beside those that are listed.
    package func switchOn(_ wallets: Set<String>) throws {
        let before = state.withLockedValue { $0.switchedOn }
        guard before.union(listed) != wallets.union(listed) else { return }
        let library = Loaded(try read(listed.union(wallets)))
        state.withLockedValue { $0 = State(loaded: library, switchedOn: wallets) }
    }

    /// Reads everything again; faulty files change nothing.
    package func reload(proving: Bool) throws {
        let wallets = listed.union(state.withLockedValue { $0.switchedOn })
        let library = try read(wallets)
        if proving { try library.reader.prove() }
        state.withLockedValue { $0.loaded = Loaded(library) }
    }

    package var texts: Texts { state.withLockedValue { $0.loaded.texts } }

    /// Reads what people write.
    package var people: TextReader { state.withLockedValue { $0.loaded.people } }

    package var reader: PaymentReader { state.withLockedValue { $0.loaded.reader } }

    /// Every wallet that there are formats for, in use or not.
    package var walletIDs: Set<String> { state.withLockedValue { $0.loaded.walletIDs } }

    package func isListed(_ wallet: String) -> Bool { listed.contains(wallet) }
}
