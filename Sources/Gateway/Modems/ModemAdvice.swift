/// What staff can do about an error of a modem or its network.
package enum ModemAdvice {
    /// Advice about a CMS error code (3GPP TS 27.005, 3.2.5; below 128 those of 24.011, E-2); `nil` if there is none.
    package static func about(code: Int) -> String? {
        switch code {
        case 1, 28: "check the customer's number"
        case 8, 10, 50, 69: "buy airtime for the SIM, or ask the operator whether it is barred from sending"
        case 21: "ask the operator why it rejects messages of this SIM"
        case 27: "nothing: it is sent again later"
        case 38, 41, 42, 47, 331, 332, 615, 616: "check the antenna and the place of the modem; it is sent again later"
        case 192...197: "ask the operator about its SMSC, or check the SMSC's number on the SIM"
        case 302, 310...318: "check that the SIM is in the modem, and its PIN"
        case 322: "nothing, if the SIM is being emptied; otherwise delete its messages with a phone"
        case 330: "set the SMSC's number on the SIM with a phone"
        case 300, 500, 512: "run 'gridpost modems reset', or unplug the modem and plug it in again"
        default: nil
        }
    }

    /// Advice about a modem that is not available.
    package static func unavailable(isLocked: Bool) -> String {
        isLocked
            ? "check that the SIM is in the modem; unlock it in a phone, or switch its PIN off; the modem is looked at again by itself"
            : "check the cable, the power and the device in the configuration; the modem is tried again by itself"
    }
}
