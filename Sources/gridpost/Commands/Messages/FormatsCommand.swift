import ArgumentParser
import Domain
import Foundation
import Messages

struct FormatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "formats", abstract: "List, show, test and try the formats that read wallets' texts.",
        discussion: """
            A wallet is a file in templates/payments. A file of the same name in your own directory ([paths] overrides)
            replaces it. To add a wallet, write its file, then:
              gridpost formats try --from MYWALLET --file mywallet-tz.toml "You have received ..."
              gridpost formats test mywallet-tz.toml
            """,
        subcommands: [List.self, Show.self, Test.self, Try.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the wallets whose texts can be read.",
            discussion: "Example: gridpost formats list --country TZ")

        @Option(help: "Only wallets of this country, by its two-letter code.")
        var country: String?
        @OptionGroup var source: FormatSource
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let library = try source.library()
            if let country, library.countries[country.uppercased()] == nil {
                throw FormatSource.complaint(
                    "unknown country '\(country)'; known countries: \(library.countries.keys.sorted().joined(separator: ", "))"
                )
            }
            let providers = library.reader.providers.filter { country == nil || $0.country == country?.uppercased() }
                .sorted { ($0.country, $0.id) < ($1.country, $1.id) }
            if json { return try FormatSource.print(providers.map(WalletFormatsView.init)) }
            var table = Table("WALLET", "COUNTRY", "NAME", "ORIGINATORS", "FORMATS")
            for provider in providers {
                table.add(
                    provider.id, provider.country, provider.name, provider.originators.joined(separator: ", "),
                    "\(provider.formats.count)")
            }
            table.show(empty: "no wallets")
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show a wallet's formats with their patterns, with shared fragments expanded.",
            discussion: "Example: gridpost formats show mpesa-tz")

        @Argument(help: "The wallet's id, as shown by 'formats list'.")
        var wallet: String
        @OptionGroup var source: FormatSource
        @Flag(help: "Print JSON.") var json = false

        func run() async throws {
            let provider = try FormatSource.provider(wallet, in: try source.library())
            if json { return try FormatSource.print(WalletFormatsView(provider)) }
            var fields = FieldList()
            fields.add("wallet", "\(provider.id), \(provider.name)")
            fields.add("country", "\(provider.country), \(provider.currency)")
            fields.add("originators", provider.originators.joined(separator: ", "))
            fields.add("file", provider.file)
            fields.show()
            for format in provider.formats {
                Terminal.say("")
                Terminal.say(Terminal.styled("\(format.id)", .bold) + "  \(format.means.rawValue), \(format.language)")
                Terminal.say("  " + format.written)
                for example in format.examples.prefix(1) {
                    Terminal.say(Terminal.styled("  " + Terminal.oneLine(example.text, 200), .dim))
                }
            }
        }
    }

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Test a wallet's file with its own examples. Exits with 1 and lists every fault with its line.",
            discussion: "Example: gridpost formats test mywallet-tz.toml")

        @Argument(help: "The file, named after the wallet's id.")
        var file: String
        @OptionGroup var source: FormatSource

        func run() async throws {
            let (library, id) = try source.library(with: file)
            let provider = try FormatSource.provider(id, in: library)
            do {
                try library.reader.only([id]).prove()
            } catch {
                throw FormatSource.complaint("\(error)")
            }
            let examples = provider.examples + provider.formats.flatMap(\.examples)
            for meaning in FormatMeaning.allCases where !examples.contains(where: { $0.means == meaning }) {
                Terminal.say(Terminal.styled("note: no example means '\(meaning.rawValue)'", .yellow))
            }
            Terminal.say(
                "\(id): \(Terminal.count(provider.formats.count, "format")), all examples passed")
        }
    }

    struct Try: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "try", abstract: "Show which format reads a text, and why other formats do not.",
            discussion: """
                Examples:
                  gridpost formats try --from M-PESA "CKD4A2MX7P1 Confirmed. You have received ..."
                  gridpost formats try --from MYWALLET --file mywallet-tz.toml "..."
                  gridpost formats try --from M-PESA - < text.txt
                """)

        @Option(help: "The originator, exactly as received.")
        var from: String
        @Option(help: "The country, by its two-letter code.")
        var country: String?
        @Option(help: "Use this wallet file instead of the installed one.")
        var file: String?
        @Option(help: "How many formats that do not match to show; the closest come first.")
        var misses = 3
        @OptionGroup var source: FormatSource
        @Flag(help: "Print JSON.") var json = false
        @Argument(help: "The text, or - to read it from standard input.")
        var text: String

        func run() async throws {
            let loaded = try file.map { try source.library(with: $0) }
            let library = try loaded?.library ?? source.library()
            let said =
                text == "-" ? String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self) : text
            let plan = country.flatMap { library.countries[$0.uppercased()]?.plan } ?? .anywhere
            let code = country?.uppercased()
            let reading = library.reader.read(
                from: Originator(from, plan: plan), raw: from, text: said, country: code)
            let trials = library.reader.trials(raw: from, text: said, country: code, only: loaded?.id)
            let shown =
                trials.filter { $0.fields != nil || $0.doubt != nil } + trials.filter { $0.found != nil }.prefix(misses)
            if json { return try FormatSource.print(FormatTrialView(reading, Array(shown))) }
            FormatTrialDetail.show(reading, Array(shown), knows: library.reader.knows(originator: from))
        }
    }
}
