// SPDX-License-Identifier: GPL-2.0-or-later

import CGammu
import ModemMessages

/// Maps libgammu's errors and the network's error codes to verdicts.
enum GammuVerdict {
    static func of(_ error: GSM_Error) -> (verdict: Verdict, needsOperator: Bool) {
        switch error {
        case ERR_BUSY, ERR_PHONE_INTERNAL, ERR_NETWORK_ERROR, ERR_NOSERVICE, ERR_FULL: (.tryAgain, false)
        case ERR_INVALIDDATA, ERR_INVALIDLOCATION, ERR_EMPTY, ERR_NOTSUPPORTED, ERR_NOTIMPLEMENTED: (.giveUp, false)
        case ERR_SECURITYERROR, ERR_NOSIM, ERR_DEVICENOPERMISSION, ERR_DEVICENODRIVER, ERR_EMPTYSMSC, ERR_PERMISSION:
            (.modemTrouble, true)
        // After any other error the parser may be out of sync with the modem.
        default: (.modemTrouble, false)
        }
    }

    /// Whether an error makes the connection unusable. Other errors concern one message.
    static func endsConnection(_ error: GSM_Error) -> Bool {
        switch error {
        case ERR_TIMEOUT, ERR_DEVICEOPENERROR, ERR_DEVICELOCKED, ERR_DEVICENOTEXIST, ERR_DEVICEBUSY,
            ERR_DEVICENOPERMISSION,
            ERR_DEVICENODRIVER, ERR_DEVICENOTWORK, ERR_DEVICEWRITEERROR, ERR_DEVICEREADERROR, ERR_NOTCONNECTED,
            ERR_ABORTED,
            ERR_SECURITYERROR, ERR_NOSIM:
            true
        default: false
        }
    }

    static func failure(_ error: GSM_Error, _ what: String) -> ModemFailure {
        let (verdict, needsOperator) = of(error)
        let name = GSM_ErrorName(error).map { String(cString: $0) } ?? "error \(error.rawValue)"
        return ModemFailure(verdict: verdict, reason: "\(what): \(name)", needsOperator: needsOperator)
    }

    /// Interprets the arguments of libgammu's send callback: 0 and a reference, or a CMS code.
    static func outcome(status: Int, reference: Int) -> SendOutcome {
        guard status != 0 else {
            // Without a reference the OK may belong to another command.
            return reference >= 0
                ? .accepted(reference: reference)
                : .failed(ModemFailure(verdict: .unknown, reason: "the modem answered OK without a reference"))
        }
        return .failed(
            ModemFailure(
                verdict: verdict(cms: status), reason: reason(cms: status), code: status,
                needsOperator: needsOperator(cms: status)))
    }

    /// Maps CMS error codes (3GPP TS 27.005, 3.2.5; below 128 those of 24.011, E-2).
    static func verdict(cms code: Int) -> Verdict {
        switch code {
        case 1, 8, 10, 21, 28, 29, 30, 50, 69: .giveUp
        case 193...197: .giveUp
        case 304, 305, 514...520, 538, 549...554: .giveUp
        case 27, 38, 41, 42, 47, 192, 322, 331, 332, 615, 616: .tryAgain
        // The network's own causes: it answered, so the modem is well.
        case ..<300: .tryAgain
        default: .modemTrouble
        }
    }

    private static func needsOperator(cms code: Int) -> Bool {
        code == 302 || (310...318).contains(code) || code == 330
    }

    private static func reason(cms code: Int) -> String {
        switch code {
        case 1, 28: "the number does not exist"
        case 8, 10, 50, 69: "the network bars this message"
        case 21: "the network rejects this message"
        case 27: "the recipient cannot be reached now"
        case 38, 41, 42, 47: "the network is overloaded or out of order"
        case 192...197: "the SMSC refuses the message"
        case 304, 305: "the modem rejects the message as malformed"
        case 310...318: "the SIM is missing, locked or wrong"
        case 322: "the SIM is full"
        case 330: "the SMSC's number is unknown"
        case 331, 332: "there is no network"
        default: "the modem failed"
        }
    }
}
