/// The telephone numbering plan of a country.
package struct NumberPlan: Hashable, Sendable {
    /// ISO 3166-1 alpha-2.
    package let country: String
    /// The country calling code without plus: `255`.
    package let countryCode: String
    /// The prefix of national numbers dialled inside the country; empty if there is none.
    package let trunkPrefix: String
    /// Possible lengths of a national number in digits, without the trunk prefix.
    package let lengths: [Int]
    /// Prefixes of mobile numbers, without the trunk prefix, and the network that each was assigned to.
    package let mobilePrefixes: [String: String]
    /// Numbers of an older plan that are still in use: by length in digits, the prefix to add.
    package let oldNumbers: [Int: String]

    package init(
        country: String, countryCode: String, trunkPrefix: String, lengths: [Int], mobilePrefixes: [String: String],
        oldNumbers: [Int: String] = [:]
    ) {
        self.country = country
        self.countryCode = countryCode
        self.trunkPrefix = trunkPrefix
        self.lengths = lengths
        self.mobilePrefixes = mobilePrefixes
        self.oldNumbers = oldNumbers
    }

    /// For a sender of unknown country: accepts full numbers with plus and country code, and short codes.
    package static let anywhere = NumberPlan(
        country: "", countryCode: "", trunkPrefix: "", lengths: [8, 9, 10, 11, 12], mobilePrefixes: [:])

    /// Parses a number as typed, with spaces, dots or dashes: `0712...`, `712...`, `255712...`, `+255 0712...`,
    /// `00255...`.
    ///
    /// Numbers of other countries are accepted with plus or 00. `nil` for anything else.
    package func phone(_ typed: some StringProtocol) -> PhoneNumber? {
        var digits = ""
        var hasPlus = false
        for scalar in typed.unicodeScalars {
            switch scalar {
            case "0"..."9": digits.unicodeScalars.append(scalar)
            case "+" where digits.isEmpty && !hasPlus: hasPlus = true
            case " ", "\u{A0}", ".", "-", "(", ")", "/": continue
            default: return nil
            }
        }
        if !hasPlus, digits.hasPrefix("00") {
            digits.removeFirst(2)
            hasPlus = true
        }
        if digits.hasPrefix(countryCode) {
            if let phone = national(digits.dropFirst(countryCode.count)) { return phone }
            // With a plus the country is certain, so a wrong length means a wrong number.
            if hasPlus { return nil }
        }
        if hasPlus { return PhoneNumber(e164: "+" + digits) }
        return national(digits[...])
    }

    /// The network that a number's prefix was assigned to; only a hint where numbers are portable.
    package func network(of phone: PhoneNumber) -> String? {
        guard phone.e164.hasPrefix("+" + countryCode) else { return nil }
        let national = phone.e164.dropFirst(1 + countryCode.count)
        let best = mobilePrefixes.keys.filter { national.hasPrefix($0) }.max { $0.count < $1.count }
        return best.flatMap { mobilePrefixes[$0] }
    }

    private func national(_ digits: Substring) -> PhoneNumber? {
        var digits = digits
        if !trunkPrefix.isEmpty, digits.hasPrefix(trunkPrefix) { digits = digits.dropFirst(trunkPrefix.count) }
        guard lengths.contains(digits.count) else {
            return oldNumbers[digits.count].flatMap { PhoneNumber(e164: "+" + countryCode + $0 + digits) }
        }
        return PhoneNumber(e164: "+" + countryCode + digits)
    }
}
