import Admin
import ArgumentParser
import Domain
import Foundation

extension BroadcastCommand {
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Create a broadcast, or plan one with --dry-run.",
            discussion: """
                Recipients are the customers in any of the places (--cluster, --mini-grid, --village) who also match --group,
                --type, --device-kind and --tariff, each if given. An option can be repeated; any of its values matches.
                --customer, --contractors and --agents add recipients. Recipients who have opted out are skipped.
                Placeholders in the text: {name} {surname} {village} {mini_grid} {cluster} {serial} {tariff} {credit} {company}.
                {surname|friend} becomes "friend" for a recipient without a surname.

                Examples:
                  gridpost broadcast new --mini-grid Kisiwa --class service --text "No power on Monday." --dry-run
                  gridpost broadcast new --all --class promo --text-file sw=habari.txt --text-file en=news.txt --at 2026-12-01T09:00
                """)

        @Option(help: "Customers in this cluster.") var cluster: [String] = []
        @Option(help: "Customers in this mini-grid.") var miniGrid: [String] = []
        @Option(help: "Customers in this village.") var village: [String] = []
        @Option(help: "Only customers in this connection group.") var group: [String] = []
        @Option(help: "Only customers with this connection type.") var type: [String] = []
        @Option(help: "Only customers with a device of this kind: meter, shs, e-bike.") var deviceKind: [String] = []
        @Option(help: "Only customers with this tariff.") var tariff: [String] = []
        @Option(help: "Add this customer, by number.") var customer: [Int64] = []
        @Flag(help: "Add contractors; only those of the places, if places are given.") var contractors = false
        @Flag(help: "Add agents; only those of the places, if places are given.") var agents = false
        @Flag(help: "All customers, contractors and agents.") var all = false

        @Option(help: "The text, or sw=TEXT for one language.") var text: [String] = []
        @Option(help: "A file with the text, or sw=FILE for one language.") var textFile: [String] = []

        @Option(name: .customLong("class"), help: "promo (8 to 19 h), service (7 to 20 h) or safety (at any time).")
        var broadcastClass: String

        @Option(help: "When to start, in the company's time zone: YYYY-MM-DDTHH:MM.") var at: String?
        @Flag(help: "Show recipients, parts, price and duration without creating the broadcast.") var dryRun = false

        @OptionGroup var client: ClientOptions

        func validate() throws {
            guard BroadcastClass(rawValue: broadcastClass) != nil else {
                throw ValidationError("--class must be promo, service or safety")
            }
            if text.isEmpty, textFile.isEmpty { throw ValidationError("give a text with --text or --text-file") }
            let named = [cluster, miniGrid, village, group, type, deviceKind, tariff].contains { !$0.isEmpty }
            if !named, customer.isEmpty, !contractors, !agents, !all {
                throw ValidationError("give an audience, such as --mini-grid NAME, or --all")
            }
        }

        func run() async throws {
            var audience = BroadcastBody.AudienceBody()
            audience.clusters = cluster
            audience.miniGrids = miniGrid
            audience.villages = village
            audience.groups = group
            audience.types = type
            audience.deviceKinds = deviceKind
            audience.tariffs = tariff
            audience.customers = customer
            audience.contractors = contractors
            audience.agents = agents
            audience.all = all
            let body = BroadcastBody(audience: audience, texts: try texts(), class: broadcastClass, at: at)
            if dryRun {
                try await client.change("/v1/broadcasts/plan", body, as: BroadcastPlanView.self, Self.show)
            } else {
                try await client.change("/v1/broadcasts", body, as: BroadcastView.self) {
                    Terminal.say("broadcast \($0.id) is \($0.state): \($0.recipients) recipients, \($0.parts) parts")
                }
            }
        }

        private func texts() throws -> [BroadcastBody.TextBody] {
            try text.map { given in
                let (language, text) = Self.language(given)
                return .init(language: language, text: text)
            }
                + textFile.map { given in
                    let (language, path) = Self.language(given)
                    guard let data = FileManager.default.contents(atPath: path),
                        let text = String(validating: data, as: UTF8.self)
                    else {
                        Terminal.complain("gridpost: \(path) cannot be read as UTF-8 text")
                        throw ExitCode(1)
                    }
                    return .init(language: language, text: text)
                }
        }

        /// Splits `sw=Habari` into language and text. Without a language prefix, the language is `nil`.
        private static func language(_ given: String) -> (String?, String) {
            let pieces = given.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pieces.count == 2, pieces[0].count == 2, pieces[0].allSatisfy({ $0.isASCII && $0.isLowercase }) else {
                return (nil, given)
            }
            return (String(pieces[0]), String(pieces[1]))
        }

        private static func show(_ plan: BroadcastPlanView) {
            var fields = FieldList()
            fields.add("recipients", "\(plan.recipients)")
            fields.add("opted out", plan.optedOut > 0 ? "\(plan.optedOut), skipped" : nil)
            fields.add("SMS parts", "\(plan.parts)")
            fields.add(
                "price", plan.price.map { "\($0.amount) \($0.currency)" } ?? "unknown: set [broadcasts] price_per_part")
            fields.add("starts", plan.startsAt)
            fields.add("duration", plan.minutes.map(Self.time) ?? "unknown: there is no modem")
            fields.add("example", plan.example)
            fields.show()
        }

        private static func time(_ minutes: Int) -> String {
            switch minutes {
            case ..<2: "about a minute"
            case ..<120: "about \(minutes) minutes"
            case ..<2_880: "about \(minutes / 60) hours"
            default: "about \(minutes / 1_440) days"
            }
        }
    }
}
