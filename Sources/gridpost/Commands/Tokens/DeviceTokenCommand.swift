import Admin
import ArgumentParser
import Gateway

/// The commands for tokens that staff make for registered devices.
extension TokenCommand {
    struct Issue: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a token for a registered device, without a payment.",
            discussion: """
                Examples:
                  gridpost token issue 01450000011 clear_tamper --reason "cover was opened by our fitter"
                  gridpost token issue 01450000011 max_power --value 2300 --reason "fuse of 10 A"
                  gridpost token issue 01450000011 key_change --krn 2 --reason "new vending key"
                  gridpost token issue SHS0001 set_time --value 0 --reason "returned"
                """)

        @Argument(help: "The device's serial.")
        var serial: String

        @Argument(help: "The type of token: \(ManagementTokens.Order.names.joined(separator: ", ")).")
        var type: String

        @Option(help: "The reason, for the record.")
        var reason: String

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

        @OptionGroup var client: ClientOptions

        func run() async throws {
            var body = TokenBody(type: type, reason: reason)
            body.value = value
            body.sgc = sgc
            body.krn = krn
            body.ti = ti
            body.kt = kt
            body.baseDate = baseDate
            body.send = send
            let isKeyChange = type == "key_change"
            try await client.change(
                DevicesCommand.address(serial) + "/tokens", body, as: PaymentView.TokenView.self
            ) { token in
                for code in token.token.split(separator: " ") { Terminal.say(String(code)) }
                if isKeyChange {
                    Terminal.say(
                        "Enter the tokens in this order. After the meter has accepted them, run: gridpost token confirm \(serial)\nUntil then, credit tokens are made with the old key, which the meter rejects once the tokens are entered."
                    )
                }
            }
        }
    }

    struct Confirm: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Confirm that the meter accepted its key change tokens; the new key replaces the stored one.",
            discussion: "Example: gridpost token confirm 01450000011")

        @Argument(help: "The meter's serial.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.changeKey("confirm", serial) }
    }

    struct Withdraw: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Withdraw a key change whose tokens were not entered and will not be.",
            discussion: "Example: gridpost token withdraw 01450000011")

        @Argument(help: "The meter's serial.")
        var serial: String

        @OptionGroup var client: ClientOptions

        func run() async throws { try await client.changeKey("withdraw", serial) }
    }
}

extension ClientOptions {
    fileprivate func changeKey(_ step: String, _ serial: String) async throws {
        try await change(
            DevicesCommand.address(serial) + "/key-change/\(step)", EmptyBody(), as: DeviceView.self
        ) { DeviceDetail.show($0) }
    }
}
