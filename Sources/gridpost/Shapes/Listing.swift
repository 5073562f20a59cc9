import Admin
import ArgumentParser

/// A list of the API: its filters, and the table that shows it.
protocol Listing: ParsableArguments {
    associatedtype Item: Codable & Sendable

    static var help: CommandConfiguration { get }

    /// The path in the API.
    static var address: String { get }
    static var columns: [String] { get }

    /// What is printed instead of a table without rows.
    static var empty: String { get }

    /// The query's items; those without a value are left out.
    var filter: [(String, String?)] { get }

    /// The fields of a row, one for each of `columns`.
    static func row(_ item: Item) -> [String]
}

extension Listing {
    var filter: [(String, String?)] { [] }

    static func show(_ page: PageView<Item>) {
        var table = Table(columns)
        for item in page.items { table.add(row(item)) }
        table.show(empty: empty)
    }

    /// Asks for one page and prints it.
    func run(_ pages: PageOptions, _ client: ClientOptions) async throws {
        try await client.ask(Self.address + pages.query(filter), as: PageView<Item>.self) { page in
            Self.show(page)
            pages.showNext(page.next)
        }
    }
}

/// Prints one page of a long list: `gridpost payments list`.
struct ListCommand<List: Listing>: AsyncParsableCommand {
    static var configuration: CommandConfiguration { List.help }

    @OptionGroup var list: List
    @OptionGroup var pages: PageOptions
    @OptionGroup var client: ClientOptions

    func run() async throws { try await list.run(pages, client) }
}

/// Prints a short list, which the API gives in one piece: `gridpost tariffs list`.
struct WholeListCommand<List: Listing>: AsyncParsableCommand {
    static var configuration: CommandConfiguration { List.help }

    @OptionGroup var list: List
    @OptionGroup var client: ClientOptions

    func run() async throws {
        try await client.ask(List.address + Query.text(list.filter), as: PageView<List.Item>.self, List.show)
    }
}
