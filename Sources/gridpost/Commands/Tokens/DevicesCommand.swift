import Admin
import ArgumentParser

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Manage meters, solar home systems and e-bikes.",
        subcommands: [
            ShowCommand<DeviceArgument>.self, ChangeCommand<SetTariff>.self, ChangeCommand<SetService>.self,
        ])

    struct SetTariff: RecordStep {
        static let help = CommandConfiguration(
            commandName: "tariff", abstract: "Assign a tariff to a meter, from its next purchase.",
            discussion: "Example: gridpost devices tariff 01450000011 Business")
        static let step = "tariff"

        @OptionGroup var record: DeviceArgument

        @Argument(help: "The tariff's name.")
        var tariff: String

        var body: DeviceTariffBody { DeviceTariffBody(tariff: tariff) }
    }

    struct SetService: RecordStep {
        static let help = CommandConfiguration(
            commandName: "service", abstract: "Sell energy as a service at a price per day, or end it.",
            discussion: "Example: gridpost devices service SHS0001 --price-per-day 250")
        static let step = "service"

        @OptionGroup var record: DeviceArgument

        @Option(help: "The price per day.")
        var pricePerDay: String?

        @Flag(help: "End the service; payments made are kept.")
        var end = false

        var body: ServiceBody { ServiceBody(pricePerDay: pricePerDay, end: end ? true : nil) }
    }
}
