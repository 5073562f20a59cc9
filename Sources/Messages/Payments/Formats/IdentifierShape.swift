/// The form of a provider's transaction ids as a picture: `A` is a letter, `9` a digit, `X` either, each with an
/// optional count `{9,11}`; other characters stand for themselves. Example: `PP9{6}.9{4}.A9{5}`.
struct IdentifierShape: Hashable, Sendable {
    private struct Element: Hashable, Sendable {
        var symbol: Unicode.Scalar
        var counts: ClosedRange<Int>
        var isClass: Bool
    }

    private let elements: [Element]

    /// Returns `nil` if the picture is invalid.
    init?(_ picture: String) {
        var elements: [Element] = []
        var rest = Array(picture.unicodeScalars)[...]
        while let symbol = rest.popFirst() {
            var counts = 1...1
            if rest.first == "{" {
                guard let end = rest.firstIndex(of: "}") else { return nil }
                let numbers = String(String.UnicodeScalarView(rest[(rest.startIndex + 1)..<end])).split(separator: ",")
                    .map { Int($0) }
                guard let low = numbers.first ?? nil, let high = numbers.last ?? nil, (1...2).contains(numbers.count),
                    low >= 0,
                    high >= low, high <= 64
                else { return nil }
                counts = low...high
                rest = rest[(end + 1)...]
            }
            let isClass = symbol == "A" || symbol == "9" || symbol == "X"
            elements.append(Element(symbol: isClass ? symbol : Folding.fold(symbol), counts: counts, isClass: isClass))
        }
        // Every length of a variable element is tried, so only a few of them are allowed in one picture.
        let open = elements.filter { $0.counts.lowerBound != $0.counts.upperBound }.count
        guard !elements.isEmpty, elements.count <= 64, open <= 4 else { return nil }
        self.elements = elements
    }

    /// Whether a text is the part of such an id before one of its points.
    func begins(with text: String) -> Bool {
        let folded = Folding.fold(text)
        return elements.indices.contains { place in
            elements[place].symbol == "." && match(folded, 0, elements[..<place]) == folded.count
        }
    }

    /// The end of an id that begins at `start`, as long as possible; `nil` if there is none.
    func match(_ text: [Unicode.Scalar], at start: Int) -> Int? {
        guard let end = match(text, start, elements[...]), let last = elements.last, Self.hasDigit(text[start..<end])
        else { return nil }
        // The id must not continue in the text.
        guard end < text.count else { return end }
        let goesOn = last.isClass && last.symbol == "9" ? text[end].isDigit : text[end].isWordCharacter
        return goesOn ? nil : end
    }

    /// Whether the whole text is an id of this shape.
    func isWhole(_ text: String) -> Bool {
        let folded = Folding.fold(text)
        return match(folded, at: 0) == folded.count
    }

    /// An id has at least one digit: `CONFIRMED` is not an id.
    private static func hasDigit(_ text: ArraySlice<Unicode.Scalar>) -> Bool { text.contains(where: \.isDigit) }

    private func match(_ text: [Unicode.Scalar], _ start: Int, _ rest: ArraySlice<Element>) -> Int? {
        guard let element = rest.first else { return start }
        var count = 0
        while count < element.counts.upperBound, start + count < text.count, fits(text[start + count], element) {
            count += 1
        }
        while count >= element.counts.lowerBound {
            if let end = match(text, start + count, rest.dropFirst()) { return end }
            count -= 1
        }
        return nil
    }

    private func fits(_ scalar: Unicode.Scalar, _ element: Element) -> Bool {
        guard element.isClass else { return scalar == element.symbol }
        return switch element.symbol {
        case "A": ("a"..."z").contains(scalar)
        case "9": scalar.isDigit
        default: scalar.isDigit || ("a"..."z").contains(scalar)
        }
    }
}
