import ArgumentParser

/// The argument that names one record of the API, and how that record is shown.
protocol RecordArgument: ParsableArguments {
    associatedtype View: Decodable & Sendable

    /// The help of the command that shows one record.
    static var showHelp: CommandConfiguration { get }

    /// The record's path in the API.
    var address: String { get }

    static func show(_ view: View)
}

/// Shows one record: `gridpost payments show 12`.
struct ShowCommand<Record: RecordArgument>: AsyncParsableCommand {
    static var configuration: CommandConfiguration { Record.showHelp }

    @OptionGroup var record: Record
    @OptionGroup var client: ClientOptions

    func run() async throws { try await client.ask(record.address, as: Record.View.self, Record.show) }
}
