import Messages
import NIOConcurrencyHelpers

/// The templates and formats in force: replaced as a whole when they are read again.
package final class CurrentLibrary: Sendable {
    private let box: NIOLockedValueBox<Library>
    /// The providers that this company takes; all of its country when `nil`.
    private let providers: [String]?

    package init(_ library: Library, providers: [String]?) {
        box = NIOLockedValueBox(library)
        self.providers = providers
    }

    package func replace(_ library: Library) { box.withLockedValue { $0 = library } }

    package var texts: Texts { box.withLockedValue { $0.texts } }

    /// Reads what people write.
    package var people: TextReader { box.withLockedValue { $0.people } }

    package var reader: PaymentReader {
        let reader = box.withLockedValue { $0.reader }
        return providers.map(reader.only) ?? reader
    }
}
