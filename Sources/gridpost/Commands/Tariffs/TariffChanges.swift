import Admin
import ArgumentParser
import Foundation

/// The argument that names a tariff.
struct TariffArgument: ParsableArguments {
    @Argument(help: "The tariff's name.")
    var name: String

    var address: String {
        var allowed = CharacterSet.urlPathAllowed
        allowed.remove(charactersIn: "/")
        return "/v1/tariffs/" + (name.addingPercentEncoding(withAllowedCharacters: allowed) ?? name)
    }
}

/// The changes of one tariff.
extension TariffsCommand {
    struct Edit: Change {
        static let help = CommandConfiguration(
            commandName: "change",
            abstract: "Change a tariff: its price from the next purchase, its access rate from the next due date.",
            discussion:
                "Example: gridpost tariffs change Domestic --price-per-kwh 260 --access-rate 500 --access-days 30")
        static let method = "PATCH"

        @OptionGroup var tariff: TariffArgument

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

        var address: String { tariff.address }

        var body: TariffBody {
            get throws {
                var body = TariffBody()
                body.pricePerKwh = pricePerKwh
                body.accessRate = accessRate
                body.accessPeriodDays = accessDays
                body.minimumPurchase = minimum
                body.components = component.isEmpty ? nil : try component.map(Self.component)
                return body
            }
        }

        func show(_ tariff: TariffView) { Terminal.say("tariff \(tariff.name): 1 kWh is \(tariff.price)") }

        private static func component(_ text: String) throws -> TariffBody.ComponentBody {
            let pair = text.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else { throw ValidationError("--component must be name=price, not '\(text)'") }
            return .init(name: String(pair[0]), price: String(pair[1]))
        }
    }

    struct Delete: Change {
        static let help = CommandConfiguration(
            commandName: "delete", abstract: "Delete a tariff that no meter uses.",
            discussion: "Example: gridpost tariffs delete Old")
        static let method = "DELETE"

        @OptionGroup var tariff: TariffArgument

        var address: String { tariff.address }

        func show(_ answer: EmptyBody) { Terminal.say("tariff '\(tariff.name)' is deleted") }
    }
}
