import Domain

/// How a network tells a SIM's airtime or bundle, or a wallet's balance, by USSD, as data of `ussd/networks/`.
package struct NetworkQuery: Sendable {
    /// What a network's text says.
    package struct Reading: Sendable, Hashable {
        /// An exact decimal.
        package var balance: String?
        /// The SMS left in a bundle.
        package var sms: Int?
    }

    /// `ke-safaricom/airtime`
    package let id: String
    package let dial: String
    /// The answers to the menus on the way.
    package let answers: [String]
    /// Folded phrases with the balance behind them.
    let balanceAfter: [[Unicode.Scalar]]
    /// Folded words with the number of SMS before them.
    let smsBefore: [[Unicode.Scalar]]
    /// Folded phrases of a text that asks for the wallet's PIN.
    let pinPrompts: [[Unicode.Scalar]]
    /// Folded texts that say "not now" and nothing about the PIN, without the marks at their end.
    let notNow: [[Unicode.Scalar]]
    let amounts: AmountShape
    let currency: String

    /// Stands for the wallet's PIN, as a whole answer or in the code.
    package static let pinMark = "{pin}"

    package var needsPIN: Bool { dial.contains(Self.pinMark) || answers.contains(Self.pinMark) }

    private static let longestText = 1_000

    /// Reads a text; `nil` if it states nothing, or two different values.
    package func read(_ text: String) -> Reading? {
        let folded = Self.folded(text)
        let balances = Set(
            balanceAfter.flatMap { phrase in Self.ends(of: phrase, in: folded) }.compactMap { place in
                amount(folded, at: place)
            })
        let counts = Set(
            smsBefore.flatMap { word in Self.starts(of: word, in: folded) }.compactMap { place in
                Self.number(folded, before: place)
            })
        guard balances.count <= 1, counts.count <= 1, !balances.isEmpty || !counts.isEmpty else { return nil }
        return Reading(balance: balances.first, sms: counts.first)
    }

    /// Whether a text asks for the wallet's PIN.
    package func asksForPIN(_ text: String) -> Bool {
        let folded = Self.folded(text)
        return pinPrompts.contains { !Self.starts(of: $0, in: folded).isEmpty }
    }

    /// Whether a text says that the service is not available now, and nothing else: "Wrong PIN, try again later" must not
    /// pass for one.
    package func saysNotNow(_ text: String) -> Bool { notNow.contains(Self.words(text)) }

    /// A folded text without spaces and marks at both ends.
    static func words(_ text: String) -> [Unicode.Scalar] {
        let isMark = { (scalar: Unicode.Scalar) in
            !scalar.properties.isAlphabetic && scalar.properties.numericType == nil
        }
        return Array(folded(text).trimmingPrefix(while: isMark).reversed().trimmingPrefix(while: isMark).reversed())
    }

    static func folded(_ text: String) -> [Unicode.Scalar] {
        var scalars: [Unicode.Scalar] = []
        for scalar in Folding.fold(String(text.prefix(longestText))) {
            let isSpace = scalar.properties.isWhitespace
            if !isSpace { scalars.append(scalar) } else if scalars.last != " " { scalars.append(" ") }
        }
        return scalars
    }

    private func amount(_ text: [Unicode.Scalar], at place: Int) -> String? {
        var place = place
        while place < text.count, text[place] == " " || text[place] == ":" { place += 1 }
        guard let span = amounts.span(text, at: place, needsCurrency: false) else { return nil }
        return amounts.read(text, span, defaultCurrency: currency).decimal.map { (span.isNegative ? "-" : "") + $0 }
    }

    private static func starts(of phrase: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
        guard !phrase.isEmpty, text.count >= phrase.count else { return [] }
        return (0...(text.count - phrase.count)).filter { Array(text[$0..<($0 + phrase.count)]) == phrase }
    }

    private static func ends(of phrase: [Unicode.Scalar], in text: [Unicode.Scalar]) -> [Int] {
        starts(of: phrase, in: text).map { $0 + phrase.count }
    }

    /// The whole number before a place: `60`, or `10.0`.
    private static func number(_ text: [Unicode.Scalar], before place: Int) -> Int? {
        var end = place
        while end > 0, text[end - 1] == " " { end -= 1 }
        var start = end
        while start > 0, end - start < 12, ("0"..."9").contains(text[start - 1]) || text[start - 1] == "." {
            start -= 1
        }
        let whole = text[start..<end].prefix { $0 != "." }
        return Int(String(String.UnicodeScalarView(whole)))
    }
}
