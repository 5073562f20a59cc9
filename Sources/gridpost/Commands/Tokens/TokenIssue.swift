import Admin
import ArgumentParser
import Gateway

/// `gridpost token issue`
struct TokenIssue: Change {
    static let help = CommandConfiguration(
        commandName: "issue", abstract: "Make a token for a registered device, without a payment.",
        discussion: """
            Examples:
              gridpost token issue 01450000011 clear_tamper --reason "cover was opened by our fitter"
              gridpost token issue 01450000011 max_power --value 2300 --reason "fuse of 10 A"
              gridpost token issue 01450000011 key_change --krn 2 --reason "new vending key"
              gridpost token issue SHS0001 set_time --value 0 --reason "returned"
            """)

    @OptionGroup var device: DeviceArgument

    @Argument(help: "The type of token: \(ManagementTokens.Order.names.joined(separator: ", ")).")
    var type: String

    @OptionGroup var stated: StatedReason

    @Option(help: "Watts, days, a register or control bits, depending on the type.")
    var value: Int?

    @Option(help: "Key change: the new supply group code.")
    var sgc: String?

    @Option(help: "Key change: the new key revision number.")
    var krn: Int?

    @Option(help: "Key change: the new tariff index.")
    var ti: Int?

    @Option(help: "Key change: the new key type.")
    var kt: Int?

    @Option(help: "Key change: the new base date, as a check.")
    var baseDate: Int?

    @Flag(help: "Also send the token to the device's owner.")
    var send = false

    var address: String { device.address + "/tokens" }

    var body: TokenBody {
        var body = TokenBody(type: type, reason: stated.reason)
        body.value = value
        body.sgc = sgc
        body.krn = krn
        body.ti = ti
        body.kt = kt
        body.baseDate = baseDate
        body.send = send
        return body
    }

    func show(_ token: PaymentView.TokenView) {
        for code in token.token.split(separator: " ") { Terminal.say(String(code)) }
        guard type == "key_change" else { return }
        Terminal.say(
            """
            Enter the tokens in this order. After the meter has accepted them, run: gridpost token confirm \(device.serial)
            Until then, credit tokens are made with the old key, which the meter rejects once the tokens are entered.
            """)
    }
}
