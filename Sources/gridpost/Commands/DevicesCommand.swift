import Admin
import ArgumentParser

struct DevicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "devices", abstract: "Meters, solar home systems and e-bikes.", subcommands: [Show.self])

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One device with its last tokens.",
            discussion: "Example: gridpost devices show 01450000011")

        @Argument(help: "The serial.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws {
            let typed = serial.filter { $0.isLetter || $0.isNumber }
            try await client.ask("/v1/devices/\(typed)", as: DeviceView.self) { device in
                var card = Card()
                card.add("device", "\(device.kind) \(device.serial)")
                card.add("owner", device.customerName.map { "\($0) (customer \(device.customerId))" })
                card.add("manufacturer", device.manufacturer)
                card.add("tariff", device.tariff)
                card.add("token", device.token)
                card.add(
                    "key",
                    device.sts.map {
                        "sgc \($0.sgc), krn \($0.krn), kt \($0.kt), ti \($0.ti), ea \($0.ea), base date \($0.baseDate)"
                    })
                for token in device.tokens ?? [] { card.add("made", "\(token.token), \(token.energyKwh) kWh") }
                card.show()
            }
        }
    }
}
