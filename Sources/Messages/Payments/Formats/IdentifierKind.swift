/// What tells ids of one make from those of another: which are letters and which are digits, but for the number at the
/// end, and nothing but that there are both where letters stand anywhere.
struct IdentifierKind: Hashable, Sendable {
    private let picture: String

    init(_ id: String) {
        let scalars = Folding.fold(id)
        guard scalars.contains(".") else {
            picture = scalars.allSatisfy(\.isDigit) ? "9" : "X"
            return
        }
        var stem = scalars[...]
        while stem.last?.isDigit == true { stem.removeLast() }
        picture = String(stem.map { $0.isDigit ? "9" : $0 == "." ? "." : "A" as Character })
    }
}
