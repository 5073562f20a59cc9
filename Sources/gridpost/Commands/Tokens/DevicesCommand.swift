import Admin
import ArgumentParser

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Meters, solar home systems and e-bikes.",
        subcommands: [Show.self, SetTariff.self, SetService.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One device with its last tokens.",
            discussion: "Example: gridpost devices show 01450000011")

        @Argument(help: "The serial.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            try await client.ask(DevicesCommand.address(serial), as: DeviceView.self) { DeviceDetail.show($0) }
        }
    }

    struct SetTariff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "tariff", abstract: "Another tariff for a meter, from its next purchase on.",
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
            commandName: "service", abstract: "Energy as a service: a price for each day.",
            discussion: "Example: gridpost devices service SHS0001 --price-per-day 250")

        @Argument(help: "The device's serial.")
        var serial: String

        @Option(help: "What a day costs.")
        var pricePerDay: String?

        @Flag(help: "The service is over; what was paid stays.")
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
