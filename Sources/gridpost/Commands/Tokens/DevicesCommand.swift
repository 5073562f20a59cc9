import Admin
import ArgumentParser

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Manage meters, solar home systems and e-bikes.",
        subcommands: [Show.self, SetTariff.self, SetService.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Show one device with its latest tokens.",
            discussion: "Example: gridpost devices show 01450000011")

        @Argument(help: "The device's serial.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask(DevicesCommand.address(serial), as: DeviceView.self) { DeviceDetail.show($0) }
        }
    }

    struct SetTariff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tariff", abstract: "Assign a tariff to a meter, from its next purchase.",
            discussion: "Example: gridpost devices tariff 01450000011 Business")

        @Argument(help: "The meter's serial.")
        var serial: String

        @Argument(help: "The tariff's name.")
        var tariff: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                DevicesCommand.address(serial) + "/tariff", DeviceTariffBody(tariff: tariff), as: DeviceView.self
            ) { DeviceDetail.show($0) }
        }
    }

    struct SetService: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "service", abstract: "Sell energy as a service at a price per day, or end it.",
            discussion: "Example: gridpost devices service SHS0001 --price-per-day 250")

        @Argument(help: "The device's serial.")
        var serial: String

        @Option(help: "The price per day.")
        var pricePerDay: String?

        @Flag(help: "End the service; payments made are kept.")
        var end = false

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.change(
                DevicesCommand.address(serial) + "/service",
                ServiceBody(pricePerDay: pricePerDay, end: end ? true : nil), as: DeviceView.self
            ) { DeviceDetail.show($0) }
        }
    }

    static func address(_ serial: String) -> String {
        "/v1/devices/" + serial.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}
