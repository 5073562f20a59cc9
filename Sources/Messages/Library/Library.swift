import Foundation
import StrictTOML

/// The template data: countries, payment formats, intent words and customer texts.
package struct Library: Sendable {
    package let countries: [String: Country]
    package private(set) var reader: PaymentReader
    package let texts: Texts
    /// Reads texts written by people.
    package let people: TextReader
    /// The menus of customers by USSD; `nil` if there are none.
    package let menu: USSDMenu?
    /// The aggregators of USSD by name.
    package let aggregators: [String: USSDAggregator]
    /// How networks tell the airtime of a SIM, by id.
    package let queries: [String: NetworkQuery]

    /// Every wallet with formats, in use or not.
    package let walletIDs: Set<String>

    /// Loads all templates, but only the formats of `wallets`.
    ///
    /// - Throws: `TOMLFaults` with all faults of a kind of file; `TOMLFault` if there are no countries; a file error if
    ///   a folder or file cannot be read.
    package init(_ folders: LibraryFolders, wallets: WalletChoice = .all) throws {
        countries = try CountryFiles.load(folders)
        guard !countries.isEmpty else {
            throw TOMLFault(
                file: folders.shipped, line: nil,
                message: "contains no countries; check that this is the templates folder")
        }
        (reader, walletIDs) = try PaymentFormatFiles.load(folders, countries: countries, wallets)
        texts = try Texts(folders)
        people = TextReader(try IntentFiles.load(folders))
        menu = try USSDMenuFile.load(folders)
        aggregators = try USSDAggregatorFiles.load(folders)
        queries = try NetworkQueryFiles.load(folders, countries: countries)
    }

    /// The same library with only some wallets in use; of the country's other wallets only the originators are known.
    package func only(_ wallets: Set<String>, of country: String) -> Library {
        var library = self
        library.reader = reader.only(Array(wallets), of: country)
        return library
    }
}
