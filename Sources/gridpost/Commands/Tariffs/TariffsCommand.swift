import Admin
import ArgumentParser
import Foundation

struct TariffsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tariffs", abstract: "Manage the tariffs of meters.",
        subcommands: [List.self, Change.self, Delete.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List tariffs, ordered by name.", discussion: "Example: gridpost tariffs list")

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask("/v1/tariffs", as: PageView<TariffView>.self) { page in
                var table = Table(
                    "NAME", "PRICE PER KWH", "BASE PRICE", "COMPONENTS", "ACCESS RATE", "MINIMUM", "METERS")
                for tariff in page.items {
                    let components = tariff.components.map { "\($0.name)=\($0.price)" }.joined(separator: ";")
                    let rate = "\(tariff.accessRate.amount) every \(tariff.accessPeriodDays) days"
                    table.add(
                        tariff.name, tariff.price, tariff.pricePerKwh, components.isEmpty ? "-" : components,
                        tariff.accessPeriodDays > 0 ? rate : "-", tariff.minimumPurchase.amount, "\(tariff.meters)")
                }
                table.show(empty: "no tariffs; add some with 'gridpost import tariffs FILE.csv'")
            }
        }
    }

    struct Change: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Change a tariff: its price from the next purchase, its access rate from the next due date.",
            discussion:
                "Example: gridpost tariffs change Domestic --price-per-kwh 260 --access-rate 500 --access-days 30")

        @Argument(help: "The tariff's name.")
        var name: String

        @Option(help: "The base price per kWh.")
        var pricePerKwh: String?

        @Option(help: "A price component, name=price; repeat for each. Replaces all current components.")
        var component: [String] = []

        @Option(help: "The access rate; 0 for none.")
        var accessRate: String?

        @Option(help: "The period of the access rate in days.")
        var accessDays: Int?

        @Option(help: "The minimum purchase.")
        var minimum: String?

        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = TariffBody()
            body.pricePerKwh = pricePerKwh
            body.accessRate = accessRate
            body.accessPeriodDays = accessDays
            body.minimumPurchase = minimum
            if !component.isEmpty {
                body.components = try component.map { text in
                    let pair = text.split(separator: "=", maxSplits: 1)
                    guard pair.count == 2 else {
                        throw ValidationError("--component must be name=price, not '\(text)'")
                    }
                    return .init(name: String(pair[0]), price: String(pair[1]))
                }
            }
            try await client.change(TariffsCommand.address(name), body, method: "PATCH", as: TariffView.self) {
                Terminal.say("tariff \($0.name): 1 kWh is \($0.price)")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete a tariff that no meter uses.", discussion: "Example: gridpost tariffs delete Old")

        @Argument(help: "The tariff's name.")
        var name: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                TariffsCommand.address(name), EmptyBody(), method: "DELETE", as: EmptyBody.self
            ) { _ in Terminal.say("tariff '\(name)' is deleted") }
        }
    }

    private static func address(_ name: String) -> String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "/")
        return "/v1/tariffs/" + (name.addingPercentEncoding(withAllowedCharacters: allowed) ?? name)
    }
}
