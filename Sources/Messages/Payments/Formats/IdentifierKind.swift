/// The form of an id, to compare ids of the same kind: for ids with points, the positions of letters and digits without
/// the number at the end; for others, only whether there are letters.
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
