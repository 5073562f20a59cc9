import Domain
import Foundation
import StrictTOML

/// All that is data and not code: countries, providers' formats, people's words and customers' texts.
package struct Library: Sendable {
    package let countries: [String: Country]
    package private(set) var reader: PaymentReader
    package let texts: Texts
    /// Reads what people write.
    package let people: TextReader

    /// Reads everything. Throws all the faults of the files at once.
    package init(_ folders: LibraryFolders) throws {
        countries = try CountryFiles.load(folders)
        guard !countries.isEmpty else {
            throw TOMLFault(
                file: folders.shipped, line: nil, message: "has no countries; is this the templates folder?")
        }
        reader = try PaymentFormatFiles.load(folders, countries: countries)
        texts = try Texts(folders)
        people = TextReader(try IntentFiles.load(folders))
    }

    /// What a company needs: its own wallets of a hundred.
    package func only(_ providers: [String]?, of country: String) -> Library {
        var library = self
        library.reader = reader.only(
            providers ?? reader.providers.filter { $0.country == country }.map(\.id))
        return library
    }
}
