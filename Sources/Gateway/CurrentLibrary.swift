import Messages
import NIOConcurrencyHelpers

/// The templates and formats in force: replaced as a whole when they are read again.
package final class CurrentLibrary: Sendable {
    private struct Loaded {
        let texts: Texts
        let people: TextReader
        let reader: PaymentReader
    }

    private let box: NIOLockedValueBox<Loaded>
    private let country: String
    /// The providers that this company takes; all of its country when `nil`.
    private let providers: [String]?

    package init(_ library: Library, country: String, providers: [String]?) {
        self.country = country
        self.providers = providers
        box = NIOLockedValueBox(Self.load(library, country, providers))
    }

    package func replace(_ library: Library) {
        let loaded = Self.load(library, country, providers)
        box.withLockedValue { $0 = loaded }
    }

    /// Of a hundred wallets those that this company takes.
    private static func load(_ library: Library, _ country: String, _ providers: [String]?) -> Loaded {
        let own = library.only(providers, of: country)
        return Loaded(texts: own.texts, people: own.people, reader: own.reader)
    }

    package var texts: Texts { box.withLockedValue { $0.texts } }

    /// Reads what people write.
    package var people: TextReader { box.withLockedValue { $0.people } }

    package var reader: PaymentReader { box.withLockedValue { $0.reader } }
}
