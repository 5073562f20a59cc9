/// Who an SMS says it comes from. The kind is decided first: a name or a short code is no telephone number.
package enum Originator: Hashable, Sendable {
    case phone(PhoneNumber)
    /// Digits too few for a telephone number, as operators and services use.
    case shortCode(String)
    /// Letters, as only an operator or an aggregator can set.
    case alphanumeric(String)

    /// Reads an originator byte for byte as the modem gave it; nothing is trimmed or folded, for trust depends on it.
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
