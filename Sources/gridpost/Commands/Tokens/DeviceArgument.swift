import Admin
import ArgumentParser

struct DeviceArgument: RecordArgument {
    static let showHelp = CommandConfiguration(
        commandName: "show", abstract: "Show one device with its latest tokens.",
        discussion: "Example: gridpost devices show 01450000011")

    @Argument(help: "The device's serial.")
    var serial: String

    var address: String { "/v1/devices/" + serial.filter { $0.isASCII && ($0.isLetter || $0.isNumber) } }

    static func show(_ device: DeviceView) { DeviceDetail.show(device) }
}
