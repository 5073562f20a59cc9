import Domain
import Foundation

/// Helpers for the texts in vendors' responses.
enum VendorText {
    /// The digits of a token, without spaces and dashes; empty if it contains anything else.
    static func digits(_ text: String) -> String {
        let kept = text.filter { !$0.isWhitespace && $0 != "-" }
        return kept.allSatisfy { $0.isASCII && $0.isNumber } ? kept : ""
    }

    /// The first 120 characters of a response text, for staff.
    static func excerpt(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7f }.prefix(120).map(Character.init))
    }

    /// Checks that a response does not name another device.
    static func expect(_ serial: String, in fields: [String: Any], under names: [String]) throws(VendorFailure) {
        for name in names {
            guard let value = fields[name], !(value is NSNull) else { continue }
            guard let named = Serial("\(value)"), named == Serial(serial) else {
                throw .unknown("the service's response is for another device")
            }
        }
    }
}
