/// The texts that customers get, and the places that each may fill.
package enum TextName: String, CaseIterable, Sendable {
    /// The token, what it carries and for which device.
    case token
    case received
    /// Received, for a device of somebody else.
    case receivedForOther = "received_for_other"
    case instalmentPaid = "instalment_paid"
    case accessPaid = "access_paid"
    case creditKept = "credit_kept"
    /// Why there is no token: all went to debts.
    case noTokenDebts = "no_token_debts"
    /// Why there is no token: the sum is below what can be bought.
    case noTokenSmall = "no_token_small"
    case whichDevice = "which_device"
    case whichDeviceList = "which_device_list"
    case unknownSerial = "unknown_serial"
    case tokenLater = "token_later"
    case help

    /// Places that must be filled.
    package var required: Set<String> {
        switch self {
        case .token: ["token", "units", "serial"]
        case .received: ["amount"]
        case .receivedForOther: ["amount", "payer"]
        case .instalmentPaid: ["amount", "name"]
        case .accessPaid: ["amount"]
        case .creditKept: ["credit"]
        case .noTokenDebts: []
        case .noTokenSmall: ["minimum"]
        case .whichDevice: ["amount"]
        case .whichDeviceList: ["amount", "list"]
        case .unknownSerial: ["serial", "amount"]
        case .tokenLater: ["amount"]
        case .help: ["company"]
        }
    }

    /// Places whose line disappears when they are not filled.
    package var optional: Set<String> {
        switch self {
        case .received: ["reference"]
        case .instalmentPaid, .accessPaid: ["open"]
        case .whichDevice: ["company"]
        default: []
        }
    }
}
