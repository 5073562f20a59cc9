/// The sender of an SMS. Its kind is decided first, because a name or a short code is not a telephone number.
package enum Originator: Hashable, Sendable {
    case phone(PhoneNumber)
    /// Digits, too few for a telephone number, as used by operators and services.
    case shortCode(String)
    /// Letters, which only an operator or an aggregator can set.
    case alphanumeric(String)

    /// Parses an originator as the modem reported it; nothing is trimmed or folded, because trust depends on exact
    /// bytes.
    package init(_ raw: String, plan: NumberPlan) {
        let scalars = raw.unicodeScalars
        let digits = scalars.filter { ("0"..."9").contains($0) }.count
        let isNumber = digits > 0 && digits == scalars.count - (scalars.first == "+" ? 1 : 0)
        if isNumber, digits >= 7, let phone = plan.phone(raw) {
            self = .phone(phone)
        } else if isNumber {
            self = .shortCode(raw)
        } else {
            self = .alphanumeric(raw)
        }
    }

    /// The originator as text; telephone numbers in E.164 form.
    package var text: String {
        switch self {
        case .phone(let phone): phone.e164
        case .shortCode(let code): code
        case .alphanumeric(let name): name
        }
    }

    package var phone: PhoneNumber? {
        if case .phone(let phone) = self { phone } else { nil }
    }
}
