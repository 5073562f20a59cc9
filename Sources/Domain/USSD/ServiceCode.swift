/// A USSD service code, such as `*144#` (3GPP TS 22.090).
package enum ServiceCode {
    /// Whether a text can be dialled: 2 to 60 digits, asterisks and hash signs.
    package static func isValid(_ text: String) -> Bool {
        (2...60).contains(text.utf8.count) && text.utf8.allSatisfy { "0123456789*#".utf8.contains($0) }
    }
}
