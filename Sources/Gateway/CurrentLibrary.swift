import Messages
import NIOConcurrencyHelpers

/// The templates and formats in use. They are replaced as a whole when they are reloaded or a wallet is switched on.
package final class CurrentLibrary: Sendable {
    private struct Loaded {
        let texts: Texts
        let people: TextReader
        let reader: PaymentReader
        let walletIDs: Set<String>
        let menu: USSDMenu?
        let queries: [String: NetworkQuery]

        init(_ library: Library) {
            texts = library.texts
            people = library.people
            reader = library.reader
            walletIDs = library.walletIDs
            menu = library.menu
            queries = library.queries
        }
    }

    private struct State {
        var loaded: Loaded
        var switchedOn: Set<String> = []
    }

    private let state: NIOLockedValueBox<State>
    /// The wallets listed in the configuration.
    private let listed: Set<String>
    private let read: @Sendable (Set<String>) throws -> Library

    /// `read` loads the files with the formats of the given wallets. `library` is the result for `listed`.
    package init(
        _ library: Library, listed: Set<String>, read: @escaping @Sendable (Set<String>) throws -> Library
    ) {
        self.listed = listed
        self.read = read
        state = NIOLockedValueBox(State(loaded: Loaded(library)))
    }

    /// Sets the wallets that staff have switched on, in addition to those in the configuration.
    /// - Throws: the error of loading the files; nothing is changed then.
    package func switchOn(_ wallets: Set<String>) throws {
        let before = state.withLockedValue { $0.switchedOn }
        guard before.union(listed) != wallets.union(listed) else { return }
        let library = Loaded(try read(listed.union(wallets)))
        state.withLockedValue { $0 = State(loaded: library, switchedOn: wallets) }
    }

    /// Loads all files again. If they have faults, nothing is changed.
    /// - Throws: the error of loading the files or, if `proving`, of checking the formats against their examples.
    package func reload(proving: Bool) throws {
        let wallets = listed.union(state.withLockedValue { $0.switchedOn })
        let library = try read(wallets)
        if proving { try library.reader.prove() }
        state.withLockedValue { $0.loaded = Loaded(library) }
    }

    package var texts: Texts { state.withLockedValue { $0.loaded.texts } }

    /// Reads messages from people.
    package var people: TextReader { state.withLockedValue { $0.loaded.people } }

    package var reader: PaymentReader { state.withLockedValue { $0.loaded.reader } }

    /// How networks tell the airtime of a SIM, by id.
    package var queries: [String: NetworkQuery] { state.withLockedValue { $0.loaded.queries } }

    /// The menus of customers by USSD.
    package var menu: USSDMenu? { state.withLockedValue { $0.loaded.menu } }

    /// All wallets that have formats, whether in use or not.
    package var walletIDs: Set<String> { state.withLockedValue { $0.loaded.walletIDs } }

    package func isListed(_ wallet: String) -> Bool { listed.contains(wallet) }
}
