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

    /// Every wallet that there are formats for, in use or not.
    package let walletIDs: Set<String>

    /// Reads everything, the formats of `wallets` only. Throws all the faults of the files at once.
    package init(_ folders: LibraryFolders, wallets: WalletChoice = .all) throws {
        countries = try CountryFiles.load(folders)
        guard !countries.isEmpty else {
            throw TOMLFault(
                file: folders.shipped, line: nil, message: "has no countries; is this the templates folder?")
        }
        (reader, walletIDs) = try PaymentFormatFiles.load(folders, countries: countries, wallets)
        texts = try Texts(folders)
        people = TextReader(try IntentFiles.load(folders))
    }

    /// The same library with some wallets in use, of the others of a country the originators alone.
    package func only(_ wallets: Set<String>, of country: String) -> Library {
        var library = self
        library.reader = reader.only(Array(wallets), of: country)
        return library
    }
}
