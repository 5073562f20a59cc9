import Admin
import ArgumentParser

/// The end of a meter's key change, either way.
extension TokenCommand {
    struct Confirm: RecordStep {
        static let help = CommandConfiguration(
            commandName: "confirm",
            abstract: "Confirm that the meter accepted its key change tokens; the new key replaces the stored one.",
            discussion: "Example: gridpost token confirm 01450000011")
        static let step = "key-change/confirm"

        @OptionGroup var record: DeviceArgument
    }

    struct Withdraw: RecordStep {
        static let help = CommandConfiguration(
            commandName: "withdraw",
            abstract: "Withdraw a key change whose tokens were not entered and will not be.",
            discussion: "Example: gridpost token withdraw 01450000011")
        static let step = "key-change/withdraw"

        @OptionGroup var record: DeviceArgument
    }
}
